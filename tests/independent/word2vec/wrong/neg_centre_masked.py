"""a negative that is the centre is dropped

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    B = len(centres)
    dW, dU, loss = np.zeros(W.shape), np.zeros(U.shape), 0.0
    for c, o, ns in zip(centres, contexts, negatives):
        for i, y in [(o, 1)] + [(n, 0) for n in ns if n != c]:
            s = W[c] @ U[i]
            loss += np.logaddexp(0, -s if y else s)
            g = sigmoid(s) - y
            dW[c] += g * U[i] / B
            dU[i] += g * W[c] / B
    return loss / B, dW, dU
