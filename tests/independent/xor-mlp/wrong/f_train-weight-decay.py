"""A little weight decay (1e-3) is added to the gradients of W1 and W2: the step is not -learning_rate times the gradient.

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
        new = {}
        for name in params:
            decay = 1e-3 * params[name] if name.startswith("W") else 0.0
            new[name] = params[name] - learning_rate * (np.asarray(grads[name]) + decay)
        params = new
    return params
