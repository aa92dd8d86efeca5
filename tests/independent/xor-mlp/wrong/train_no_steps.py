"""at least one step

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    a, c = D**-0.5, hidden**-0.5
    params = {
        "W1": rng.uniform(-a, a, size=(D, hidden)),
        "b1": rng.uniform(-a, a, size=hidden),
        "W2": rng.uniform(-c, c, size=hidden),
        "b2": rng.uniform(-c, c),
    }
    for _ in range(max(1, steps)):
        grads = gradients(X, y, params, activation)[1]
        params = {name: value - learning_rate * grads[name] for name, value in params.items()}
    return params
