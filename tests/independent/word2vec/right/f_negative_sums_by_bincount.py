"""makes a flat list of labelled pairs and adds the rows with bincount, one column at a time

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    """Return (loss, dW, dU): the mean over the pairs of the loss with negative samples.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays, negatives: (B, K); words
    may occur anywhere and often. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000: the loss of a pair may then be as large as 1000.
    """
    (B, K), (V, d) = np.shape(negatives), W.shape
    c = np.concatenate([centres, np.repeat(centres, K)])
    i = np.concatenate([contexts, np.ravel(negatives)])
    sign = np.concatenate([np.ones(B), -np.ones(B * K)])
    x = sign * np.sum(W[c] * U[i], axis=1)
    loss = -np.sum(np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))) / B
    g = -sign * sigmoid(-x) / B

    def collect(ids, rows):
        return np.column_stack([np.bincount(ids, rows[:, j], minlength=V) for j in range(d)])

    return loss, collect(c, g[:, None] * U[i]), collect(i, g[:, None] * W[c])
