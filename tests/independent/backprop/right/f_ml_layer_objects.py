"""One object per layer with forward and backward methods, called through __call__; torch inside, tensors out.

task: mlp
"""

# %% mlp
class _Dense:
    def __init__(self, W, b):
        self.W = torch.tensor(W, dtype=torch.float64)
        self.b = torch.tensor(b, dtype=torch.float64)

    def __call__(self, H):
        self.H = H
        return H @ self.W + self.b

    def backward(self, delta):
        self.dW, self.db = self.H.T @ delta, torch.ones(len(delta), dtype=delta.dtype) @ delta
        return delta @ self.W.T


class _Activation:
    functions = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
    slopes = {
        "logistic": lambda a: torch.sigmoid(a) * torch.sigmoid(-a),
        "tanh": lambda a: torch.cosh(a) ** -2,
        "relu": lambda a: (a > 0).to(a.dtype),
    }

    def __init__(self, name):
        self.name = name

    def __call__(self, A):
        self.A = A
        return self.functions[self.name](A)

    def backward(self, G):
        return G * self.slopes[self.name](self.A)


def _run(X, weights, biases, activation):
    net, A, H = [], [], [torch.tensor(X, dtype=torch.float64)]
    for l, (W, b) in enumerate(zip(weights, biases)):
        if l:
            net.append(_Activation(activation))
            H.append(net[-1](A[-1]))
        net.append(_Dense(W, b))
        A.append(net[-1](H[-1]))
    return net, A, H


def mlp_forward(X, weights, biases, activation):
    return _run(X, weights, biases, activation)[1:]


def mlp_backward(X, Y, weights, biases, activation):
    net, A, _ = _run(X, weights, biases, activation)
    Y = torch.tensor(Y, dtype=torch.float64)
    log_p = torch.log_softmax(A[-1], dim=1)
    signal = (log_p.exp() - Y) / len(Y)
    for part in reversed(net):
        signal = part.backward(signal)
    dense = [part for part in net if isinstance(part, _Dense)]
    return -(Y * log_p).sum().item() / len(Y), [d.dW for d in dense], [d.db for d in dense]
