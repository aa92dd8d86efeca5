"""A gradient longer than 1 is shortened to 1: nothing happens on XOR, but with inputs of size 10 the steps are not the gradient's any more.

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
        grads = {name: np.asarray(grad) for name, grad in grads.items()}
        length = np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))
        scale = learning_rate / max(1.0, length)
        params = {name: params[name] - scale * grads[name] for name in params}
    return params
