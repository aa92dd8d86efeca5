"""a sequence of one step begins at its own state

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    d_h = h0.shape[1]
    T = X.shape[1]
    before = np.roll(H, 1, axis=1)
    if T > 1:
        before[:, 0] = h0
    dX, dW, db, dh = [], 0, 0, 0
    for t in reversed(range(T)):
        da = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dW = dW + da.T @ np.concatenate([before[:, t], X[:, t]], axis=1)
        db = db + da.sum(axis=0)
        dh = da @ W[:, :d_h]
        dX.append(da @ W[:, d_h:])
    return {"X": np.stack(dX[::-1], axis=1), "h0": dh, "W": dW, "b": db}
