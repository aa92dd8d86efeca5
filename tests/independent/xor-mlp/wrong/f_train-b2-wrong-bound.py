"""b2 is drawn together with the biases, between ±1/√D instead of ±1/√H: too wide for H = 16.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    k1, k2 = 1 / np.sqrt(D), 1 / np.sqrt(hidden)
    biases = rng.uniform(-k1, k1, size=hidden + 1)
    params = {
        "W1": rng.uniform(-k1, k1, size=(D, hidden)),
        "b1": biases[:hidden],
        "W2": rng.uniform(-k2, k2, size=hidden),
        "b2": biases[hidden],
    }
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
