"""torch as the array library: tensors as answers, float32 where it is allowed."""


# %% logistic-derivative
def logistic_prime(z):
    s = torch.sigmoid(torch.as_tensor(z, dtype=torch.float64))
    return s * (1 - s)


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = (torch.tensor(v).float() for v in (X, Y, W1, b1, W2, b2))
    h = torch.sigmoid(torch.addmm(b1, X, W1))
    delta = (h @ W2 + b2 - Y) / len(X)
    s = (delta @ W2.mT) * h * (1 - h)
    return {"W1": X.mT @ s, "b1": s.sum(dim=0), "W2": h.mT @ delta, "b2": delta.sum(dim=0)}


# %% output-layers
def squared_error_delta(a, y):
    f = torch.sigmoid(torch.tensor(a))
    return (f - torch.tensor(y)) * f * (1 - f)


def cross_entropy_delta(a, y):
    return torch.sigmoid(torch.tensor(a)) - torch.tensor(y)


def softmax_jacobian(z):
    p = torch.softmax(torch.tensor(z), dim=0)
    return p.diag() - p[:, None] * p


def softmax_cross_entropy(Z, Y):
    Z, Y = torch.tensor(Z), torch.tensor(Y)
    log_p = torch.log_softmax(Z, dim=1)
    return -(Y * log_p).sum(dim=1).mean(), (log_p.exp() - Y) / len(Z)


# %% mlp
def mlp_forward(X, weights, biases, activation):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    H, A = [torch.tensor(X)], []
    for W, b in zip(weights, biases, strict=True):
        A.append(H[-1] @ torch.tensor(W) + torch.tensor(b))
        H.append(phi(A[-1]))
    return A, H[:-1]


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    Y = torch.tensor(Y)
    log_P = A[-1].log_softmax(dim=1)
    delta = (log_P.exp() - Y) / len(Y)
    dW, db = [], []
    for W, h in zip(reversed(weights), reversed(H), strict=True):
        dW.append(h.mT @ delta)
        db.append(delta.sum(dim=0))
        slope = {"logistic": h * (1 - h), "tanh": 1 - h * h, "relu": (h > 0).double()}[activation]
        delta = delta @ torch.tensor(W).mT * slope
    return -(Y * log_P).sum() / len(Y), dW[::-1], db[::-1]


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    x, y = torch.tensor(x), torch.tensor(y)
    h1 = torch.sigmoid(w0 * x)
    g = torch.sigmoid(w1 * h1)
    r = 2 * (w2 * (g + h1) - y)
    w0_terms = r * w2 * (1 + w1 * g * (1 - g)) * h1 * (1 - h1) * x
    return {
        "w0": w0_terms.mean(),
        "w1": (r * w2 * g * (1 - g) * h1).mean(),
        "w2": (r * (g + h1)).mean(),
    }
