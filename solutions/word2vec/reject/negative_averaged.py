"""The negatives of a pair are averaged, not added up.

fails: negative
says: added up, not averaged
"""


# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    ids = np.concatenate([contexts[:, None], negatives], axis=1)
    weight = np.where(np.arange(ids.shape[1]) == 0, 1, 1 / negatives.shape[1])
    scores = np.einsum("bkd,bd->bk", U[ids], W[centres])
    sign = np.where(np.arange(ids.shape[1]) == 0, 1, -1)
    G = -weight * sign * sigmoid(-sign * scores) / len(ids)
    dW, dU = np.zeros(W.shape), np.zeros(U.shape)
    np.add.at(dW, centres, np.einsum("bk,bkd->bd", G, U[ids]))
    np.add.at(dU, ids, G[:, :, None] * W[centres][:, None])
    return (weight * np.logaddexp(0, -sign * scores)).sum() / len(ids), dW, dU
