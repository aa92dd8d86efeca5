"""Arrays of its own are changed in place."""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    bounds = {
        "W1": X.shape[1] ** -0.5,
        "b1": X.shape[1] ** -0.5,
        "W2": hidden**-0.5,
        "b2": hidden**-0.5,
    }
    shapes = {"W1": (X.shape[1], hidden), "b1": (hidden,), "W2": (hidden,), "b2": ()}
    params = {
        name: np.array(rng.uniform(-bounds[name], bounds[name], shapes[name])) for name in bounds
    }
    for _ in range(steps):
        _, moves = gradients(X, y, params, activation)
        for name in params:
            params[name] -= learning_rate * moves[name]
    return params


# %% compose
def collapse(weights, biases):
    W, b = np.eye(len(weights[0])), np.zeros(len(weights[0]))
    for V, c in zip(weights, biases, strict=True):
        W = W @ V
        b = b @ V
        b += c
    return W, b


def merge(phi0, phi, theta0, theta1):
    psi0 = theta0.copy()
    psi0 += phi0 * theta1
    return psi0, np.multiply.outer(phi, theta1)
