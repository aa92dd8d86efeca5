"""odd and even rows are shuffled on their own and interleaved

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    return -(-N // batch_size)


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    result = []
    for _ in range(epochs):
        order = np.empty(N, dtype=int)
        swap = rng.integers(2) if N % 2 == 0 else 0
        order[swap::2] = rng.permutation(np.arange(0, N, 2))
        order[1 - swap :: 2] = rng.permutation(np.arange(1, N, 2))
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
