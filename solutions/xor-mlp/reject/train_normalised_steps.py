"""The gradients are divided by their length.

fails: train
says: wrong
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    inner, outer = 1 / np.sqrt(X.shape[1]), 1 / np.sqrt(hidden)
    params = {
        "W1": rng.uniform(-inner, inner, size=(X.shape[1], hidden)),
        "b1": rng.uniform(-inner, inner, size=hidden),
        "W2": rng.uniform(-outer, outer, size=hidden),
        "b2": rng.uniform(-outer, outer),
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {
            name: params[name] - learning_rate * grads[name] / (np.linalg.norm(grads[name]) + 1e-12)
            for name in params
        }
    return params
