"""rows are shuffled inside fixed blocks

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    return -(-N // batch_size)


def minibatches(N, batch_size, epochs, seed):
    rng, result = np.random.default_rng(seed), []
    for _ in range(epochs):
        result.append([rng.permutation(np.arange(i, min(i + batch_size, N))) for i in range(0, N, batch_size)])
    return result


def full_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
