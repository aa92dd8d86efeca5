"""All parameters start at zero, so that all units stay equal for ever.

fails: train
says: equal
tells: All parameters start at zero, so that all units stay equal.
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    params = {
        "W1": np.zeros((X.shape[1], hidden)),
        "b1": np.zeros(hidden),
        "W2": np.zeros(hidden),
        "b2": 0.0,
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params
