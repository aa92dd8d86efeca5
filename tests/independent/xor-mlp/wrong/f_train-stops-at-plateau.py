"""It stops when the loss has changed by less than 1e-6 since the last step: on the plateau at log 2, or for a small learning rate, it gives up at once.

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
    before = np.inf
    for _ in range(steps):
        loss, grads = gradients(X, y, params, activation)
        if abs(before - float(loss)) < 1e-6:
            break
        before = float(loss)
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
