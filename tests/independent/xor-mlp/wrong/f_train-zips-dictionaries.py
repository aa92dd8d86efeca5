"""Parameters and gradients are paired by position and not by name: gradients that come in another order move the wrong parameters.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    params = {
        "W1": rng.uniform(-1, 1, size=(D, hidden)) / np.sqrt(D),
        "b1": rng.uniform(-1, 1, size=hidden) / np.sqrt(D),
        "W2": rng.uniform(-1, 1, size=hidden) / np.sqrt(hidden),
        "b2": rng.uniform(-1, 1) / np.sqrt(hidden),
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {
            name: value - learning_rate * np.asarray(grad)
            for (name, value), grad in zip(params.items(), grads.values())
        }
    return params
