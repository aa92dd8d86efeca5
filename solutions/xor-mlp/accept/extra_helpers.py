"""Functions of one's own, in a class too, next to those that are asked for."""


# %% gradients
class Network:
    def __init__(self, params, activation):
        self.params, self.activation = params, activation

    def forward(self, X):
        self.X = X
        self.H = activate(X @ self.params["W1"] + self.params["b1"], self.activation)
        return self.H @ self.params["W2"] + self.params["b2"]

    def backward(self, dz):
        slope = (1 + self.H) * (1 - self.H) if self.activation == "tanh" else np.sign(self.H)
        dA = slope * dz[:, None] * self.params["W2"]
        return {"W1": self.X.T @ dA, "b1": dA.sum(0), "W2": dz @ self.H, "b2": float(dz.sum())}


def gradients(X, y, params, activation):
    net = Network(params, activation)
    z = net.forward(X)
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    return loss, net.backward((logistic(z) - y) / len(y))


# %% train
def start(rng, D, H):
    def uniform(fan_in, *shape):
        return (rng.random(shape) * 2 - 1) / np.sqrt(fan_in)

    return {"W1": uniform(D, D, H), "b1": uniform(D, H), "W2": uniform(H, H), "b2": uniform(H)}


def descend(params, grads, rate):
    return {name: value - rate * grads[name] for name, value in params.items()}


def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    params = start(np.random.default_rng(seed), X.shape[1], hidden)
    for _ in range(steps):
        params = descend(params, gradients(X, y, params, activation)[1], learning_rate)
    return params


# %% coin-toss
def logits_of(X, params, activation):
    hidden = activate(X @ params["W1"] + params["b1"], activation)
    return hidden @ params["W2"] + params["b2"]


def accuracy(X, y, params, activation):
    z = logits_of(X, params, activation)
    said = np.where(np.isnan(z), -1, np.where(z > 0, 1, 0))
    return np.mean(said == y)


def success_rate(train_once, X, y, activation, seeds):
    seeds = list(seeds)
    return len([s for s in seeds if accuracy(X, y, train_once(s), activation) == 1]) / len(seeds)
