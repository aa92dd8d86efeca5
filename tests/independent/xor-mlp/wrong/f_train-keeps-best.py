"""It returns the parameters with the smallest loss seen, and not those after `steps` steps: different whenever the loss goes up, as with a large learning rate.

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
    best, lowest = params, np.inf
    for step in range(steps):
        loss, grads = gradients(X, y, params, activation)
        new = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
        if loss <= lowest:
            lowest, best = float(loss), new
        params = new
    return best
