"""Large scores overflow: exp is taken before the largest score is subtracted.

fails: softmax
says: infinite
tells: Large scores overflow: exp is taken before the largest score is subtracted.
"""


# %% softmax
def softmax_gradients(W, U, centres, contexts):
    rows = np.arange(len(centres))
    Z = W[centres] @ U.T
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    G = np.exp(log_P)
    G[rows, contexts] -= 1
    G = G / len(centres)
    dW = np.zeros(W.shape)
    np.add.at(dW, centres, G @ U)
    return -log_P[rows, contexts].mean(), dW, G.T @ W[centres]
