"""The start is drawn from a normal distribution, not from a uniform one.

fails: train
says: outside of its bounds
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    inner, outer = 1 / np.sqrt(X.shape[1]), 1 / np.sqrt(hidden)
    params = {
        "W1": rng.normal(0, inner, size=(X.shape[1], hidden)),
        "b1": rng.normal(0, inner, size=hidden),
        "W2": rng.normal(0, outer, size=hidden),
        "b2": rng.normal(0, outer),
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params
