"""a smaller last batch has a smaller step

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
            step = learning_rate * len(rows) / batch_size
            w = w - step * np.asarray(gradient(X[rows], y[rows], w))
    return w
