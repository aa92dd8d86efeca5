"""It stops as soon as the loss is below 0.01, so that fewer than `steps` steps are done (larger learning rates get there).

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
        loss, grads = gradients(X, y, params, activation)
        if loss < 0.01:
            break
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
