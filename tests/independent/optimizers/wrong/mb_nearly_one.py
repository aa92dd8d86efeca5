"""N / B + 0.999 cut off

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    return int(N / batch_size + 0.999)


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(N) for _ in range(epochs)]
    return [[order[i : i + batch_size] for i in range(0, N, batch_size)] for order in orders]


def full_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
