"""Helper functions, a class and closures of the student's own."""


# %% logistic-derivative
def square(value):
    return value * value


def logistic_prime(z):
    return 0.25 * (1 - square(np.tanh(np.asarray(z) / 2)))


# %% scalar-network
class Scalar:
    """A number that remembers how it was made and can send a signal back."""

    def __init__(self, value, sources=()):
        self.value, self.sources, self.grad = value, sources, 0.0

    def times(self, other):
        return Scalar(self.value * other.value, ((self, other.value), (other, self.value)))

    def squashed(self):
        s = float(logistic(self.value))
        return Scalar(s, ((self, s * (1 - s)),))

    def back(self, signal):
        self.grad += signal
        for source, slope in self.sources:
            source.back(signal * slope)


leaf = {name: Scalar(value) for name, value in numbers.items()}
unit = leaf["w1"].times(leaf["w0"].times(leaf["x"]).squashed()).squashed()
output = leaf["w2"].times(unit)
output.back(2 * (output.value - numbers["y"]))
my_gradients = {name: leaf[name].grad for name in ("w0", "w1", "w2")}


# %% mlp
class Layer:
    """One layer that remembers its input."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, H):
        self.H = H
        self.A = H @ self.W + self.b
        return self.A

    def backward(self, delta):
        self.dW, self.db = self.H.T @ delta, delta.sum(axis=0)
        return delta @ self.W.T


def run_forward(X, weights, biases, activation):
    layers = [Layer(W, b) for W, b in zip(weights, biases, strict=True)]
    for index, layer in enumerate(layers):
        X = layer.forward(activate(X, activation) if index else X)
    return layers


def slope_of(kind, A):
    if kind == "relu":
        return np.heaviside(A, 1.0)
    if kind == "tanh":
        return np.cosh(A) ** -2.0
    return np.exp(-np.abs(A)) / (1 + np.exp(-np.abs(A))) ** 2


def mlp_forward(X, weights, biases, activation):
    layers = run_forward(X, weights, biases, activation)
    return [layer.A for layer in layers], [layer.H for layer in layers]


def mlp_backward(X, Y, weights, biases, activation):
    layers = run_forward(X, weights, biases, activation)
    top = layers[-1].A.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(layers[-1].A - top).sum(axis=1, keepdims=True))
    signal = (np.exp(layers[-1].A - log_sum) - Y) / len(Y)
    for layer, below in zip(layers[::-1], [*layers[-2::-1], None], strict=True):
        signal = layer.backward(signal)
        if below is not None:
            signal = signal * slope_of(activation, below.A)
    loss = np.mean(np.sum(Y * (log_sum - layers[-1].A), axis=1))
    return loss, [layer.dW for layer in layers], [layer.db for layer in layers]


# %% vanishing
def steps_of(X, weights, activation, skip):
    H = activate(X @ weights[0], activation)
    yield X @ weights[0], H
    for W in weights[1:-1]:
        A = H @ W
        H = activate(A, activation) + skip * H
        yield A, H


def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    layers = list(steps_of(X, weights, activation, skip))

    def slope(A):
        step = 1e-6
        if activation[0] == "r":
            return A > 0
        s = activate(A, activation)
        return s * (1 - s) if activation == "logistic" else 1 - s**2 + 0 * step

    def down(layer, G):
        A, _ = layers[layer]
        if layer == 0:
            return X.T @ (G * slope(A))
        return down(layer - 1, (G * slope(A)) @ weights[layer].T + skip * G)

    residual = (layers[-1][1] @ weights[-1] - Y) / len(Y)
    return np.sqrt((down(len(layers) - 1, residual @ weights[-1].T) ** 2).sum())
