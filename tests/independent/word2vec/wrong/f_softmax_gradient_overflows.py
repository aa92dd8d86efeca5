"""computes the loss stably but the probabilities of the gradients with a plain exp, which is NaN for scores of 1000

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    B = len(centres)
    scores = W[centres] @ U.T
    seen = scores[np.arange(B), contexts]
    loss = np.mean(np.logaddexp.reduce(scores, axis=1) - seen)
    with np.errstate(all="ignore"):
        p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    p[np.arange(B), contexts] -= 1
    dW = np.zeros_like(W)
    np.add.at(dW, centres, p @ U / B)
    return loss, dW, p.T @ W[centres] / B
