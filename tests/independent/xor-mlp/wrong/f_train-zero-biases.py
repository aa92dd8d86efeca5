"""The biases start at zero instead of uniform.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    params = {
        "W1": rng.uniform(-1, 1, size=(D, hidden)) / np.sqrt(D),
        "b1": np.zeros(hidden),
        "W2": rng.uniform(-1, 1, size=hidden) / np.sqrt(hidden),
        "b2": 0.0,
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
