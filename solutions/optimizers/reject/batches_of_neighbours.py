"""Whole batches are shuffled, but rows that are neighbours stay together.

fails: minibatches
says: neighbours
tells: Batches are shuffled, but rows that are neighbours stay together.
"""


# %% minibatches
def updates_per_epoch(N, batch_size):
    return -(-N // batch_size)


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(N) for _ in range(epochs)]
    epoch = []
    for _ in orders:
        batches = [np.arange(i, min(i + batch_size, N)) for i in range(0, N, batch_size)]
        last = batches.pop()
        epoch.append([batches[i] for i in rng.permutation(len(batches))] + [last])
    return epoch


def full_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
