"""Only the rows of U that were seen are moved; the words that the model expected must be moved,
too.

fails: softmax
says: every row of U
"""


# %% softmax
def softmax_gradients(W, U, centres, contexts):
    rows = np.arange(len(centres))
    Z = W[centres] @ U.T
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    G = np.exp(log_P)
    G[rows, contexts] -= 1
    G = G / len(centres)
    dW = np.zeros(W.shape)
    np.add.at(dW, centres, G @ U)
    dU = np.zeros(U.shape)
    np.add.at(dU, contexts, -W[centres] / len(centres))
    return -log_P[rows, contexts].mean(), dW, dU
