"""the largest score of the whole batch is subtracted

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    rows, n = np.arange(len(centres)), len(centres)
    Z = W[centres] @ U.T
    Z = Z - Z.max()
    with np.errstate(all="ignore"):
        P = np.exp(Z) / np.maximum(np.exp(Z).sum(axis=1, keepdims=True), 1e-300)
        log_P = np.log(np.maximum(P, 1e-300))
    G = P.copy()
    G[rows, contexts] -= 1
    dW = np.zeros(W.shape)
    np.add.at(dW, centres, G @ U / n)
    return -log_P[rows, contexts].mean(), dW, G.T @ W[centres] / n
