"""SGD ends where a batch has no gradient left

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    return -(-N // batch_size)


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(N) for _ in range(epochs)]
    return [[order[i : i + batch_size] for i in range(0, N, batch_size)] for order in orders]


def full_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = np.array(start, dtype=float)
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            g = gradient(X[rows], y[rows], w)
            if np.linalg.norm(g) < 1e-8:
                return w
            w = w - learning_rate * g
    return w
