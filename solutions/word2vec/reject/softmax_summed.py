"""Loss and gradients are sums over the pairs, not means.

fails: softmax
says: mean over the batch
"""


# %% softmax
def softmax_gradients(W, U, centres, contexts):
    rows = np.arange(len(centres))
    Z = W[centres] @ U.T
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    G = np.exp(log_P)
    G[rows, contexts] -= 1
    dW = np.zeros(W.shape)
    np.add.at(dW, centres, G @ U)
    return -log_P[rows, contexts].sum(), dW, G.T @ W[centres]
