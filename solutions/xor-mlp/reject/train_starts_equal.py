"""All hidden units start with the same weights, and stay copies of each other for ever.

fails: train
says: equal
tells: All hidden units start with the same weights.
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    inner, outer = 1 / np.sqrt(X.shape[1]), 1 / np.sqrt(hidden)
    params = {
        "W1": np.tile(rng.uniform(-inner, inner, size=(X.shape[1], 1)), hidden),
        "b1": np.full(hidden, rng.uniform(-inner, inner)),
        "W2": np.full(hidden, rng.uniform(-outer, outer)),
        "b2": rng.uniform(-outer, outer),
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params
