"""stores the rows per word in a dictionary by role, so a word that is context of one pair and negative of another keeps only the negative part

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
    dW = np.zeros_like(W)
    seen, made_up, loss = {}, {}, 0.0
    for c, o, row in zip(centres.tolist(), contexts.tolist(), negatives.tolist()):
        v = W[c]
        s = U[o] @ v
        loss += np.logaddexp(0, -s)
        dW[c] += (sigmoid(s) - 1) * U[o]
        seen[o] = seen.get(o, 0) + (sigmoid(s) - 1) * v
        for n in row:
            r = U[n] @ v
            loss += np.logaddexp(0, r)
            dW[c] += sigmoid(r) * U[n]
            made_up[n] = made_up.get(n, 0) + sigmoid(r) * v
    dU = np.zeros_like(U)
    for word, row in {**seen, **made_up}.items():
        dU[word] = row
    return loss / B, dW / B, dU / B
