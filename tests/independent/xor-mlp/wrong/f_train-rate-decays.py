"""The learning rate goes down along a cosine to 0 at the last step instead of staying what it is.

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
    for step in range(steps):
        _, grads = gradients(X, y, params, activation)
        rate = learning_rate * 0.5 * (1 + np.cos(np.pi * step / steps))
        params = {name: params[name] - rate * np.asarray(grads[name]) for name in params}
    return params
