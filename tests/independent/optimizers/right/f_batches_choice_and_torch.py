"""rng.choice without replacement; the weights travel as a float64 tensor and are given as NumPy to the gradient function.

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    """Return how many batches one epoch has, an int; the last one may be smaller."""
    return int(np.ceil(N / batch_size))


def minibatches(N, batch_size, epochs, seed):
    """Return a list of `epochs` epochs, each a list of batches, each an array of row indices.

    An epoch holds every index from 0 to N − 1 once, shuffled anew for each epoch; all its
    batches have batch_size indices but the last, which holds what is left. All orders are equally
    likely, whatever those of other epochs and seeds. All random numbers come from
    np.random.default_rng(seed).
    """
    rng = np.random.default_rng(seed)
    epochs_list = []
    for _ in range(epochs):
        order = rng.choice(N, size=N, replace=False)
        epochs_list.append([order[k * batch_size : (k + 1) * batch_size] for k in range(updates_per_epoch(N, batch_size))])
    return epochs_list


def full_gradient(gradients, sizes):
    """Return the gradient of the mean loss of all samples, shape (D,), from those of batches.

    gradients: list of arrays (D,), the gradient of each batch's mean loss; sizes: list of ints,
    how many samples each batch has.
    """
    G = torch.stack([torch.as_tensor(np.asarray(g), dtype=torch.float64) for g in gradients])
    return torch.tensor(sizes, dtype=torch.float64) @ G / sum(sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    """Return the weights, shape (D,), after all updates of all epochs, beginning at start.

    gradient(X, y, w) is the gradient of the mean loss of the rows it is given. X: (N, D),
    y: (N,), start: (D,). The batches are those of minibatches(N, batch_size, epochs, seed).
    """
    w = torch.tensor(np.asarray(start), dtype=torch.float64)
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            slope = gradient(X[rows], y[rows], w.numpy().copy())
            w = w - learning_rate * torch.as_tensor(np.asarray(slope))
    return w
