"""writes the slope of the true pair as exp(-s)/(1 + exp(-s)), which is inf/inf = NaN for s = -900; the loss is fine

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
    s = (U[contexts] * v).sum(axis=1)
    r = (U[negatives] * v[:, None]).sum(axis=2)
    loss = np.mean(np.logaddexp(0, -s) + np.logaddexp(0, r).sum(axis=1))
    with np.errstate(over="ignore", invalid="ignore"):
        gs = (-np.exp(-s) / (1 + np.exp(-s)))[:, None] / B
    gr = sigmoid(r)[:, :, None] / B
    dW, dU = np.zeros_like(W), np.zeros_like(U)
    np.add.at(dW, centres, gs * U[contexts] + (gr * U[negatives]).sum(axis=1))
    np.add.at(dU, contexts, gs * v)
    np.add.at(dU, negatives, gr * v[:, None])
    return loss, dW, dU
