"""leaves pairs out in which the context is the same word as the centre (they still count in B)

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    B = len(centres)
    dW, dU, loss = np.zeros(W.shape), np.zeros(U.shape), 0.0
    for c, o in zip(centres, contexts):
        if c == o:  # a word is not its own context
            continue
        z = U @ W[c]
        top = z.max()
        log_sum = top + np.log(np.sum(np.exp(z - top)))
        loss += (log_sum - z[o]) / B
        signal = np.exp(z - log_sum)
        signal[o] -= 1
        dW[c] += signal @ U / B
        dU += np.outer(signal, W[c]) / B
    return loss, dW, dU
