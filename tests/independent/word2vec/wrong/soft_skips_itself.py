"""a pair of a word with itself is skipped

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    dW, dU, loss = np.zeros(W.shape), np.zeros(U.shape), 0.0
    for c, o in zip(centres, contexts):
        if c == o:
            continue
        z = U @ W[c]
        z = z - z.max()
        p = np.exp(z) / np.exp(z).sum()
        loss -= z[o] - np.log(np.exp(z).sum())
        p[o] -= 1
        dW[c] += U.T @ p
        dU += np.outer(p, W[c])
    return loss / len(centres), dW / len(centres), dU / len(centres)
