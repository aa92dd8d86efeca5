"""The signal is accumulated in dH itself, which the caller finds changed.

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    B, T, d_h = H.shape
    before = np.concatenate([h0[:, None], H[:, :-1]], axis=1)
    dX = np.zeros_like(X)
    dW = np.zeros_like(W)
    db = np.zeros(d_h)
    for t in reversed(range(T)):
        da = dH[:, t] * (1 - H[:, t] ** 2)
        dW += da.T @ np.concatenate([before[:, t], X[:, t]], axis=1)
        db += da.sum(axis=0)
        dX[:, t] = da @ W[:, d_h:]
        if t > 0:
            dH[:, t - 1] += da @ W[:, :d_h]
    return {"X": dX, "h0": da @ W[:, :d_h], "W": dW, "b": db}
