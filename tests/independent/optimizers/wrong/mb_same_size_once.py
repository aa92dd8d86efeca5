"""batches paired with their gradients in a dictionary by size

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
    by_size = {}
    for n, g in zip(sizes, gradients):
        by_size.setdefault(n, []).append(np.asarray(g, dtype=float))
    total = sum(n * np.mean(gs, axis=0) for n, gs in by_size.items())
    return total / sum(by_size)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
