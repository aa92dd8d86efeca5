"""the loss is the logarithm of a probability that may be 0, cut at 1e-12

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    n = len(centres)
    Z = W[centres] @ U.T
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(np.maximum(P[np.arange(n), contexts], 1e-12)).mean()
    P[np.arange(n), contexts] -= 1
    dW = np.zeros(W.shape)
    np.add.at(dW, centres, P @ U / n)
    return loss, dW, P.T @ W[centres] / n
