"""subtracts the seen contexts with dU[contexts] -= ..., where a context that is in the batch twice arrives once; dW and the loss are right

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
    scores = v @ U.T
    scores -= scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    loss = -log_p[np.arange(B), contexts].mean()
    dW = np.zeros_like(W)
    np.add.at(dW, centres, (p @ U - U[contexts]) / B)
    dU = p.T @ v / B
    dU[contexts] -= v / B
    return loss, dW, dU
