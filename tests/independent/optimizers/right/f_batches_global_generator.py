"""NumPy's global generator, seeded anew in each call: the seed alone decides the epochs.

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    """Return how many batches one epoch has, an int; the last one may be smaller."""
    return -(-N // batch_size)


def minibatches(N, batch_size, epochs, seed):
    """Return a list of `epochs` epochs, each a list of batches, each an array of row indices.

    An epoch holds every index from 0 to N − 1 once, shuffled anew for each epoch; all its
    batches have batch_size indices but the last, which holds what is left. All orders are equally
    likely, whatever those of other epochs and seeds. The seed alone decides them: equal seeds give
    equal epochs, whatever else draws random numbers.
    """
    np.random.seed(seed)
    result = []
    for _ in range(epochs):
        order = np.random.permutation(N)
        result.append([order[i : i + batch_size] for i in range(0, N, batch_size)])
    return result


def full_gradient(gradients, sizes):
    """Return the gradient of the mean loss of all samples, shape (D,), from those of batches.

    gradients: list of arrays (D,), the gradient of each batch's mean loss; sizes: list of ints,
    how many samples each batch has.
    """
    return sum(n * g for g, n in zip(gradients, sizes)) / sum(sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    """Return the weights, shape (D,), after all updates of all epochs, beginning at start.

    gradient(X, y, w) is the gradient of the mean loss of the rows it is given. X: (N, D),
    y: (N,), start: (D,). The batches are those of minibatches(N, batch_size, epochs, seed).
    """
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
