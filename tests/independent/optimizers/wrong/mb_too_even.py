"""all orders in turn, so that none comes more often than another

task: minibatches
"""

# %% minibatches
import itertools


def updates_per_epoch(N, batch_size):
    return -(-N // batch_size)


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    result, waiting = [], []
    for _ in range(epochs):
        if N > 5:
            order = rng.permutation(N)
        else:
            if not waiting:
                waiting = [np.array(p) for p in itertools.permutations(range(N))]
                rng.shuffle(waiting)
            order = np.array(waiting.pop())
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
