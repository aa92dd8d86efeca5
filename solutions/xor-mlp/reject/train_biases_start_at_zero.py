"""The biases start at zero instead of being drawn.

fails: train
says: equal
tells: The biases start at zero instead of being drawn.
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    inner, outer = 1 / np.sqrt(X.shape[1]), 1 / np.sqrt(hidden)
    params = {
        "W1": rng.uniform(-inner, inner, size=(X.shape[1], hidden)),
        "b1": np.zeros(hidden),
        "W2": rng.uniform(-outer, outer, size=hidden),
        "b2": 0.0,
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params
