"""the units are sorted by their first weight at the start

task: train
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    a, c = X.shape[1] ** -0.5, hidden**-0.5
    params = {
        "W1": np.sort(rng.uniform(-a, a, size=(X.shape[1], hidden)), axis=1),
        "b1": rng.uniform(-a, a, size=hidden),
        "W2": rng.uniform(-c, c, size=hidden),
        "b2": rng.uniform(-c, c),
    }
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: value - learning_rate * grads[name] for name, value in params.items()}
    return params
