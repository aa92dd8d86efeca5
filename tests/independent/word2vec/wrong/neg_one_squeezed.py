"""a single negative loses its axis and meets all pairs

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    B = len(centres)
    V, O = W[centres], U[contexts]
    N = U[negatives].squeeze(1) if negatives.shape[1] == 1 else U[negatives]
    s = (V * O).sum(1)
    r = V @ N.T if N.ndim == 2 else np.einsum("bkd,bd->bk", N, V)
    loss = (np.logaddexp(0, -s).sum() + np.logaddexp(0, r).sum()) / B
    gs, gr = (sigmoid(s) - 1) / B, sigmoid(r) / B
    dW, dU = np.zeros(W.shape), np.zeros(U.shape)
    if N.ndim == 2:
        np.add.at(dW, centres, gs[:, None] * O + gr @ N)
        np.add.at(dU, negatives[:, 0], gr.T @ V)
    else:
        np.add.at(dW, centres, gs[:, None] * O + np.einsum("bk,bkd->bd", gr, N))
        np.add.at(dU, negatives, gr[:, :, None] * V[:, None])
    np.add.at(dU, contexts, gs[:, None] * V)
    return loss, dW, dU
