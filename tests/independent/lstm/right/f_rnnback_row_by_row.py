"""Unusual: one sequence at a time with outer products, starting at the last step that its loss looks at; the dictionary in another order.

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    B, T, d_h = H.shape
    U, V = W[:, :d_h], W[:, d_h:]
    out = {"b": np.zeros(d_h), "W": np.zeros((d_h, d_h + X.shape[2])), "h0": np.zeros((B, d_h)), "X": np.zeros(X.shape)}
    for n in range(B):
        looked_at = np.flatnonzero((dH[n] != 0).any(axis=1))
        if looked_at.size == 0:
            continue
        signal = np.zeros(d_h)
        for t in range(looked_at[-1], -1, -1):
            da = (1 - H[n, t]) * (1 + H[n, t]) * (dH[n, t] + signal)
            out["W"] += np.outer(da, np.r_[H[n, t - 1] if t > 0 else h0[n], X[n, t]])
            out["b"] += da
            out["X"][n, t] = V.T @ da
            signal = U.T @ da
        out["h0"][n] = signal
    return out
