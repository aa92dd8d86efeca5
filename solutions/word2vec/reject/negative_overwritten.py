"""Of a word that occurs more than once only the last gradient is kept.

fails: negative
says: keeps only the last
"""


# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    ids = np.concatenate([contexts[:, None], negatives], axis=1)
    scores = np.einsum("bkd,bd->bk", U[ids], W[centres])
    sign = np.where(np.arange(ids.shape[1]) == 0, 1, -1)
    G = -sign * sigmoid(-sign * scores) / len(ids)
    dW, dU = np.zeros(W.shape), np.zeros(U.shape)
    dW[centres] += np.einsum("bk,bkd->bd", G, U[ids])
    dU[ids] += G[:, :, None] * W[centres][:, None]
    return np.logaddexp(0, -sign * scores).sum() / len(ids), dW, dU
