"""Fisher-Yates by hand with integers of the generator, batches copied; reduce for SGD, np.average for the full gradient.

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    """Return how many batches one epoch has, an int; the last one may be smaller."""
    return int(len(range(0, N, batch_size)))


def minibatches(N, batch_size, epochs, seed):
    """Return a list of `epochs` epochs, each a list of batches, each an array of row indices.

    An epoch holds every index from 0 to N − 1 once, shuffled anew for each epoch; all its
    batches have batch_size indices but the last, which holds what is left. All orders are equally
    likely, whatever those of other epochs and seeds. All random numbers come from
    np.random.default_rng(seed).
    """
    rng = np.random.default_rng(seed)

    def shuffled():
        order = list(range(N))
        for i in range(N - 1, 0, -1):
            j = int(rng.integers(0, i + 1))
            order[i], order[j] = order[j], order[i]
        return order

    epochs_made = []
    for _ in range(epochs):
        left, batches = shuffled(), []
        while left:
            batches.append(np.array(left[:batch_size]))
            left = left[batch_size:]
        epochs_made.append(batches)
    return epochs_made


def full_gradient(gradients, sizes):
    """Return the gradient of the mean loss of all samples, shape (D,), from those of batches.

    gradients: list of arrays (D,), the gradient of each batch's mean loss; sizes: list of ints,
    how many samples each batch has.
    """
    return np.average(np.stack(gradients), axis=0, weights=sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    """Return the weights, shape (D,), after all updates of all epochs, beginning at start.

    gradient(X, y, w) is the gradient of the mean loss of the rows it is given. X: (N, D),
    y: (N,), start: (D,). The batches are those of minibatches(N, batch_size, epochs, seed).
    """
    from functools import reduce
    from itertools import chain

    def update(w, rows):
        return w - learning_rate * gradient(X[rows, :], y[rows], w)

    batches = chain.from_iterable(minibatches(len(y), batch_size, epochs, seed))
    return reduce(update, batches, np.array(start, dtype=float))
