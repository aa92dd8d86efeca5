"""scores beyond 6 are cut, as in the table of word2vec.c

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    ids = np.concatenate([contexts[:, None], negatives], axis=1)
    scores = np.clip(np.einsum("bkd,bd->bk", U[ids], W[centres]), -6, 6)
    y = np.zeros(ids.shape)
    y[:, 0] = 1
    G = (sigmoid(scores) - y) / len(ids)
    dW, dU = np.zeros(W.shape), np.zeros(U.shape)
    np.add.at(dW, centres, np.einsum("bk,bkd->bd", G, U[ids]))
    np.add.at(dU, ids, G[:, :, None] * W[centres][:, None])
    return np.logaddexp(0, np.where(y > 0, -scores, scores)).sum() / len(ids), dW, dU
