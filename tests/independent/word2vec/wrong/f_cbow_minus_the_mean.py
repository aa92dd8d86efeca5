"""subtracts the mean of the scores before exp instead of the largest, which overflows for scores like (1000, -1000, -1000)

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
        h = W[context].mean(axis=0)
        z = U @ h
        z = z - z.mean()
        log_p = z - np.log(np.exp(z).sum())
        loss -= log_p[o]
        g = np.exp(log_p)
        g[o] -= 1
        dU += np.outer(g, h)
        np.add.at(dW, context, g @ U / len(context))
    return loss / B, dW / B, dU / B
