"""It seeds NumPy's old global generator (and so changes it for everybody else) instead of taking default_rng(seed).

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    np.random.seed(seed)
    D = X.shape[1]
    params = {
        "W1": np.random.uniform(-1, 1, (D, hidden)) / np.sqrt(D),
        "b1": np.random.uniform(-1, 1, hidden) / np.sqrt(D),
        "W2": np.random.uniform(-1, 1, hidden) / np.sqrt(hidden),
        "b2": np.random.uniform(-1, 1) / np.sqrt(hidden),
    }
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
