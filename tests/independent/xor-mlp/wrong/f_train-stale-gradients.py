"""gradients gets the parameters of one step ago and not those of this moment (the number of calls and of steps is right).

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
    lagging = params
    for _ in range(steps):
        _, grads = gradients(X, y, lagging, activation)
        lagging = params
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
