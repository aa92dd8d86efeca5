"""gives a negative that equals the context of its own pair the weight 0, although words may occur anywhere

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
    ids = np.column_stack([contexts, negatives])
    label = np.zeros(ids.shape)
    label[:, 0] = 1
    weight = np.ones(ids.shape)
    weight[:, 1:] = negatives != contexts[:, None]  # true and made up in one breath
    v, u = W[centres], U[ids]
    z = np.einsum("bkd,bd->bk", u, v)
    loss = np.sum(weight * np.logaddexp(0, np.where(label == 1, -z, z))) / B
    G = weight * (sigmoid(z) - label) / B
    dW, dU = np.zeros_like(W), np.zeros_like(U)
    np.add.at(dW, centres, np.einsum("bk,bkd->bd", G, u))
    np.add.at(dU, ids, G[:, :, None] * v[:, None, :])
    return loss, dW, dU
