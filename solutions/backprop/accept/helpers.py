"""Classes and helpers of the student's own; autograd where it is allowed."""


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


# %% gradient-check
def gradient_check(f, grads, params):
    verdicts = []
    for name in sorted(params):
        claimed = np.asarray(grads.get(name, np.nan), dtype=float)
        slopes = np.empty(params[name].shape)
        for index, value in np.ndenumerate(params[name]):
            trial = {key: array.copy() for key, array in params.items()}
            trial[name][index] = value + 2e-5
            above = f(trial)
            trial[name][index] = value - 2e-5
            slopes[index] = (above - f(trial)) / 4e-5
        floor = 1e-3 * np.max(np.abs(slopes))
        same_shape = claimed.shape == slopes.shape
        verdicts.append(same_shape and np.allclose(claimed, slopes, rtol=1e-4, atol=1e-4 * floor))
    return bool(np.all(verdicts))


# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    leaf = torch.tensor(weights[0], requires_grad=True)
    H = phi(torch.tensor(X) @ leaf)
    for W in weights[1:-1]:
        new = phi(H @ torch.tensor(W))
        H = H + new if skip else new
    loss = 0.5 * (H @ torch.tensor(weights[-1]) - torch.tensor(Y)).square().sum(dim=1).mean()
    return torch.autograd.grad(loss, leaf)[0].norm()
