"""The update is p -= ... over the values: arrays are changed in place, but b2 is a float and stays at its start.

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
        for name, value in params.items():
            value -= learning_rate * np.asarray(grads[name])
    return params
