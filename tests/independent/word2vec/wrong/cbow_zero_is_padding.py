"""the id 0 is taken for padding

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    B = len(contexts)
    longest = max(map(len, contexts))
    ids = np.array([list(c) + [0] * (longest - len(c)) for c in contexts])
    there = (ids > 0).astype(float)
    n = np.maximum(there.sum(axis=1, keepdims=True), 1)
    h = (W[ids] * there[:, :, None]).sum(axis=1) / n
    Z = h @ U.T
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    G = np.exp(log_P)
    G[np.arange(B), centres] -= 1
    G /= B
    dW = np.zeros(W.shape)
    np.add.at(dW, ids, (G @ U / n)[:, None] * there[:, :, None])
    return -log_P[np.arange(B), centres].mean(), dW, G.T @ h
