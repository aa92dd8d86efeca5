"""adds the rows of the true contexts with dU[contexts] +=, where a context that is in the batch twice arrives once

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    """Return (loss, dW, dU): the mean over the pairs of the loss with negative samples.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays, negatives: (B, K); words
    may occur anywhere and often. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000: the loss of a pair may then be as large as 1000.
    """
    B, d = len(centres), W.shape[1]
    v, u, N = W[centres], U[contexts], U[negatives]
    s = np.sum(u * v, axis=1)
    r = np.einsum("bkd,bd->bk", N, v)
    loss = (np.logaddexp(0, -s).sum() + np.logaddexp(0, r).sum()) / B
    ds = (sigmoid(s) - 1)[:, None] / B
    dr = sigmoid(r)[:, :, None] / B
    dW, dU = np.zeros_like(W), np.zeros_like(U)
    np.add.at(dW, centres, ds * u + (dr * N).sum(axis=1))
    np.add.at(dU, negatives.ravel(), (dr * v[:, None]).reshape(-1, d))
    dU[contexts] += ds * v
    return loss, dW, dU
