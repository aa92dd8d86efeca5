"""drawn entry by entry in another order, and moved in place

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    c, a = 1 / np.sqrt(hidden), 1 / np.sqrt(D)
    b2 = 2 * c * rng.random() - c
    W2 = c * (2 * rng.random(hidden) - 1)
    b1 = np.array([rng.uniform(-a, a) for _ in range(hidden)])
    W1 = rng.uniform(-a, a, size=(hidden, D)).T
    params = {"b2": np.array(b2), "W2": W2, "b1": b1, "W1": W1}
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        for name in params:
            params[name] -= learning_rate * np.asarray(grads[name])
    return params
