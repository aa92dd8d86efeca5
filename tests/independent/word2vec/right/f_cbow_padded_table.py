"""pads with a row of zeros behind the last word and throws that row of the gradient away

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    V, d = W.shape
    longest = max(len(context) for context in contexts)
    table = np.full((len(contexts), longest), V)
    for row, context in zip(table, contexts):
        row[: len(context)] = context
    share = 1.0 / np.sum(table < V, axis=1, keepdims=True)
    h = np.vstack([W, np.zeros(d)])[table].sum(axis=1) * share
    z = h @ U.T
    top = z.max(axis=1, keepdims=True)
    e = np.exp(z - top)
    total = e.sum(axis=1, keepdims=True)
    n = np.arange(len(contexts))
    loss = np.mean(top[:, 0] + np.log(total[:, 0]) - z[n, centres])
    G = e / total
    G[n, centres] -= 1
    G /= len(contexts)
    padded = np.zeros((V + 1, d))
    np.add.at(padded, table, ((G @ U) * share)[:, None, :])
    return loss, padded[:V], G.T @ h
