"""The start is normal with the standard deviation of the uniform one, cut off at its bounds.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]

    def start(width, size):
        k = 1 / np.sqrt(width)
        return np.clip(rng.normal(scale=k / np.sqrt(3), size=size), -k, k)

    params = {
        "W1": start(D, (D, hidden)),
        "b1": start(D, hidden),
        "W2": start(hidden, hidden),
        "b2": float(start(hidden, ())),
    }
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
