"""The score of a negative lacks its minus sign: made-up pairs are taken for true ones.

fails: negative
says: minus sign
"""

# %% negative-lines
negative_lines = {
    "dl_ds": "sigmoid(s) - 1",
    "dl_dr": "sigmoid(r) - 1",
    "dl_dv": "dl_ds*u + dl_dr @ N",
    "dl_du": "dl_ds*v",
    "dl_dN": "outer(dl_dr, v)",
}


# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    ids = np.concatenate([contexts[:, None], negatives], axis=1)
    scores = np.einsum("bkd,bd->bk", U[ids], W[centres])
    sign = np.ones(ids.shape[1])
    G = -sign * sigmoid(-sign * scores) / len(ids)
    dW, dU = np.zeros(W.shape), np.zeros(U.shape)
    np.add.at(dW, centres, np.einsum("bk,bkd->bd", G, U[ids]))
    np.add.at(dU, ids, G[:, :, None] * W[centres][:, None])
    return np.logaddexp(0, -sign * scores).sum() / len(ids), dW, dU
