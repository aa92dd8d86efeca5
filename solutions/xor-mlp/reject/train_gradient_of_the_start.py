"""Every step uses the gradient at the starting parameters.

fails: train
says: called 1 times
tells: The gradient is computed once, at the start, and used for all steps.
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    inner, outer = 1 / np.sqrt(X.shape[1]), 1 / np.sqrt(hidden)
    params = {
        "W1": rng.uniform(-inner, inner, size=(X.shape[1], hidden)),
        "b1": rng.uniform(-inner, inner, size=hidden),
        "W2": rng.uniform(-outer, outer, size=hidden),
        "b2": rng.uniform(-outer, outer),
    }
    _, grads = gradients(X, y, params, activation)
    for _ in range(steps):
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params
