"""clips the scores to ±30 like the old programs, so that a loss of 900 comes out as 30

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    """Return (loss, dW, dU): the mean over the pairs of the loss with negative samples.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays, negatives: (B, K); words
    may occur anywhere and often. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000: the loss of a pair may then be as large as 1000.
    """
    B = len(centres)
    v = W[centres]
    s = np.clip((U[contexts] * v).sum(axis=1), -30, 30)
    r = np.clip((U[negatives] * v[:, None]).sum(axis=2), -30, 30)
    loss = np.mean(np.log1p(np.exp(-s)) + np.log1p(np.exp(r)).sum(axis=1))
    gs = (sigmoid(s) - 1)[:, None] / B
    gr = sigmoid(r)[:, :, None] / B
    dW, dU = np.zeros_like(W), np.zeros_like(U)
    np.add.at(dW, centres, gs * U[contexts] + (gr * U[negatives]).sum(axis=1))
    np.add.at(dU, contexts, gs * v)
    np.add.at(dU, negatives, gr * v[:, None])
    return loss, dW, dU
