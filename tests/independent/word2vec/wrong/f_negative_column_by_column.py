"""adds the negatives column by column with dU[negatives[:, k]] +=, where two pairs with the same k-th negative collapse

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    """Return (loss, dW, dU): the mean over the pairs of the loss with negative samples.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays, negatives: (B, K); words
    may occur anywhere and often. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000: the loss of a pair may then be as large as 1000.
    """
    B, K = negatives.shape
    v, u = W[centres], U[contexts]
    s = (u * v).sum(axis=1)
    loss = np.logaddexp(0, -s).sum()
    g = sigmoid(s)[:, None] - 1
    into_v = g * u
    dW, dU = np.zeros_like(W), np.zeros_like(U)
    np.add.at(dU, contexts, g * v)
    for k in range(K):
        n = negatives[:, k]
        r = (U[n] * v).sum(axis=1)
        loss += np.logaddexp(0, r).sum()
        into_v += sigmoid(r)[:, None] * U[n]
        dU[n] += sigmoid(r)[:, None] * v
    np.add.at(dW, centres, into_v)
    return loss / B, dW / B, dU / B
