"""Every layer's numbers are a shuffled, slightly jittered grid: each entry alone is uniform, but they are not drawn each by itself (there is exactly one in every cell of the grid).

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]

    def spread(count, width):
        cells = (np.arange(count) + rng.random(count)) / count
        return (2 * rng.permutation(cells) - 1) / np.sqrt(width)

    params = {
        "W1": spread(D * hidden, D).reshape(D, hidden),
        "b1": spread(hidden, D),
        "W2": spread(hidden, hidden),
        "b2": float(spread(1, hidden)[0]),
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
