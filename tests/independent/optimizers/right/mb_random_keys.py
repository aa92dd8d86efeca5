"""sorted by random keys, drawn for all epochs at once; batches are views

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    whole, rest = divmod(N, batch_size)
    return whole + bool(rest)


def minibatches(N, batch_size, epochs, seed):
    orders = np.argsort(np.random.default_rng(seed).random((epochs, N)), axis=1)
    cuts = np.arange(batch_size, N, batch_size)
    return [np.split(order, cuts) for order in orders]


def full_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
