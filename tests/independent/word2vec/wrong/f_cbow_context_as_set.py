"""makes a set of every context, so that a word that stands there twice is averaged once

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    B = len(contexts)
    dW, dU, loss = np.zeros_like(W), np.zeros_like(U), 0.0
    for context, o in zip(contexts, centres):
        words = list(set(context))
        h = W[words].mean(axis=0)
        z = U @ h
        log_p = z - np.logaddexp.reduce(z)
        loss -= log_p[o]
        g = np.exp(log_p)
        g[o] -= 1
        dU += np.outer(g, h)
        dW[words] += U.T @ g / len(words)
    return loss / B, dW / B, dU / B
