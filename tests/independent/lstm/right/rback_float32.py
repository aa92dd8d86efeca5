"""one pass in float32, sums by einsum

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    dH, X, h0, H, W = (np.asarray(v, dtype=np.float32) for v in (dH, X, h0, H, W))
    n = h0.shape[1]
    before = np.concatenate([h0[:, None], H], axis=1)[:, :-1]
    dA = np.empty_like(dH)
    carry = np.zeros_like(h0)
    for t in range(H.shape[1])[::-1]:
        dA[:, t] = (dH[:, t] + carry) * (1 - H[:, t]) * (1 + H[:, t])
        carry = dA[:, t] @ W[:, :n]
    dW = np.concatenate([np.einsum("bti,btj->ij", dA, before), np.einsum("bti,btj->ij", dA, X)], axis=1)
    return {"b": dA.sum((0, 1)), "W": dW, "X": dA @ W[:, n:], "h0": carry}
