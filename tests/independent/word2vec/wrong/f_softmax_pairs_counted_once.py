"""takes every different pair of the batch once, so that a pair that is in the batch twice has the weight of one

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    dW, dU, loss = np.zeros_like(W), np.zeros_like(U), 0.0
    pairs = sorted({(int(c), int(o)) for c, o in zip(centres, contexts)})
    for c, o in pairs:
        z = U @ W[c]
        z = z - z.max()
        log_p = z - np.log(np.exp(z).sum())
        loss -= log_p[o]
        g = np.exp(log_p)
        g[o] -= 1
        dW[c] += g @ U
        dU += np.outer(g, W[c])
    return loss / len(pairs), dW / len(pairs), dU / len(pairs)
