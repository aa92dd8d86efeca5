"""pads with -1 and masks the average, but the gradient of the padding goes to the last word: dW[-1] is wrong if the lengths differ

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    B, longest = len(contexts), max(map(len, contexts))
    table = np.array([list(c) + [-1] * (longest - len(c)) for c in contexts])
    mask = (table >= 0)[:, :, None]
    length = np.array([[len(c)] for c in contexts])
    h = (W[table] * mask).sum(axis=1) / length
    z = h @ U.T
    log_p = z - np.logaddexp.reduce(z, axis=1)[:, None]
    G = np.exp(log_p)
    G[np.arange(B), centres] -= 1
    share = (G @ U / B / length)[:, None, :]
    dW = np.zeros_like(W)
    np.add.at(dW, table, np.broadcast_to(share, table.shape + (W.shape[1],)))
    return -log_p[np.arange(B), centres].mean(), dW, G.T @ h / B
