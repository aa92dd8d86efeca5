"""subtracts the largest score of the whole batch, so that an example with scores near -1000 next to one near 1000 gives NaN

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    B = len(contexts)
    h = np.array([sum(W[i] for i in context) / len(context) for context in contexts])
    z = h @ U.T
    z = z - np.max(z)
    e = np.exp(z)
    with np.errstate(all="ignore"):
        total = e.sum(axis=1, keepdims=True)
        loss = np.mean(np.log(total[:, 0]) - z[np.arange(B), centres])
        G = e / total
    G[np.arange(B), centres] -= 1
    G /= B
    dh = G @ U
    dW = np.zeros_like(W)
    for n, context in enumerate(contexts):
        for i in context:
            dW[i] += dh[n] / len(context)
    return loss, dW, G.T @ h
