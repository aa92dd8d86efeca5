"""each epoch has its own seed: the next seed shares all epochs but one

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    return -(-N // batch_size)


def minibatches(N, batch_size, epochs, seed):
    result = []
    for epoch in range(epochs):
        order = np.random.default_rng(seed + epoch).permutation(N)
        result.append([order[i : i + batch_size] for i in range(0, N, batch_size)])
    return result


def full_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
