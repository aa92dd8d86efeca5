"""Unusual: first the da of all steps, then W, b and X in one contraction each over batch and time.

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    d_h = H.shape[-1]
    W_hh, W_xh = np.split(W, [d_h], axis=1)
    das = [dH[:, -1] * (1 - H[:, -1] ** 2)]
    for t in range(H.shape[1] - 2, -1, -1):
        das.insert(0, (dH[:, t] + das[0] @ W_hh) * (1 - H[:, t] ** 2))
    dA = np.stack(das, axis=1)
    Z = np.concatenate([np.concatenate([h0[:, None], H[:, :-1]], axis=1), X], axis=2)
    return {
        "X": np.tensordot(dA, W_xh, axes=1),
        "h0": dA[:, 0] @ W_hh,
        "W": np.tensordot(dA, Z, axes=([0, 1], [0, 1])),
        "b": np.einsum("bth->h", dA),
    }
