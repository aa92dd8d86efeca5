"""Orders by sorting random floats of one (epochs, N) draw, np.split for the cuts, np.take for the rows, tensordot for the mean.

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    """Return how many batches one epoch has, an int; the last one may be smaller."""
    return (N + batch_size - 1) // batch_size


def minibatches(N, batch_size, epochs, seed):
    """Return a list of `epochs` epochs, each a list of batches, each an array of row indices.

    An epoch holds every index from 0 to N − 1 once, shuffled anew for each epoch; all its
    batches have batch_size indices but the last, which holds what is left. All orders are equally
    likely, whatever those of other epochs and seeds. All random numbers come from
    np.random.default_rng(seed).
    """
    keys = np.random.default_rng(seed).random((epochs, N))
    cuts = np.arange(batch_size, N, batch_size)
    return [np.split(order, cuts) for order in np.argsort(keys, axis=1)]


def full_gradient(gradients, sizes):
    """Return the gradient of the mean loss of all samples, shape (D,), from those of batches.

    gradients: list of arrays (D,), the gradient of each batch's mean loss; sizes: list of ints,
    how many samples each batch has.
    """
    share = np.array(sizes, dtype=np.float64) / np.sum(sizes)
    return np.tensordot(share, np.array(gradients), axes=1)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    """Return the weights, shape (D,), after all updates of all epochs, beginning at start.

    gradient(X, y, w) is the gradient of the mean loss of the rows it is given. X: (N, D),
    y: (N,), start: (D,). The batches are those of minibatches(N, batch_size, epochs, seed).
    """
    w = np.copy(start)
    for batch in [b for epoch in minibatches(X.shape[0], batch_size, epochs, seed) for b in epoch]:
        g = gradient(np.take(X, batch, axis=0), np.take(y, batch), w.copy())
        w = w - learning_rate * np.asarray(g)
    return w
