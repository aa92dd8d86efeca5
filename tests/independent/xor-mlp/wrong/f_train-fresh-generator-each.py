"""Every parameter has a new generator of the same seed, so that the numbers of b1 are those of the first row of W1 again, and W2 and b2 repeat them once more.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    def draw_uniform(width, size=None):
        bound = 1 / np.sqrt(width)
        return np.random.default_rng(seed).uniform(-bound, bound, size=size)

    D = X.shape[1]
    params = {
        "W1": draw_uniform(D, (D, hidden)),
        "b1": draw_uniform(D, hidden),
        "W2": draw_uniform(hidden, hidden),
        "b2": draw_uniform(hidden),
    }
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: value - learning_rate * np.asarray(grads[name]) for name, value in params.items()}
    return params
