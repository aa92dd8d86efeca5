"""adds the shares with dW[context] +=, so that a word that stands twice in a context gets one share; loss and dU are right

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    H = np.stack([W[context].mean(axis=0) for context in contexts])
    Z = H @ U.T
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = np.arange(len(H))
    G = np.exp(log_P)
    G[n, centres] -= 1
    G /= len(H)
    dW = np.zeros_like(W)
    for context, row in zip(contexts, G @ U):
        dW[context] += row / len(context)
    return -log_P[n, centres].mean(), dW, G.T @ H
