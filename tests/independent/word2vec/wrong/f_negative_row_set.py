"""takes the different negatives of a pair once each, although a word that was drawn twice counts twice

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
    dW, dU, loss = np.zeros_like(W), np.zeros_like(U), 0.0
    for c, o, row in zip(centres, contexts, negatives):
        v = W[c]
        words = np.unique(row)
        s, r = U[o] @ v, U[words] @ v
        loss += np.logaddexp(0, -s) + np.logaddexp(0, r).sum()
        dW[c] += (sigmoid(s) - 1) * U[o] + sigmoid(r) @ U[words]
        dU[o] += (sigmoid(s) - 1) * v
        dU[words] += np.outer(sigmoid(r), v)
    return loss / B, dW / B, dU / B
