"""a pair that occurs twice counts once

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    pairs = sorted(set(zip(centres.tolist(), contexts.tolist())))
    n = len(pairs)
    dW, dU, loss = np.zeros(W.shape), np.zeros(U.shape), 0.0
    for c, o in pairs:
        z = U @ W[c]
        z = z - z.max()
        p = np.exp(z) / np.exp(z).sum()
        loss -= z[o] - np.log(np.exp(z).sum())
        p[o] -= 1
        dW[c] += U.T @ p
        dU += np.outer(p, W[c])
    return loss / n, dW / n, dU / n
