"""writes the averages as a product with a matrix of shares, forwards and backwards

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    B, V = len(contexts), len(W)
    A = np.stack([np.bincount(context, minlength=V) / len(context) for context in contexts])
    T = np.eye(V)[centres]
    Z = A @ W @ U.T
    log_sum = np.logaddexp.reduce(Z, axis=1)
    loss = np.mean(log_sum - np.sum(T * Z, axis=1))
    G = (np.exp(Z - log_sum[:, None]) - T) / B
    return loss, A.T @ (G @ U), G.T @ (A @ W)
