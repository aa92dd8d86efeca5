"""gradients are cut at 5 on their way

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    d_h = h0.shape[1]
    dX, dW, db, dh = [], np.zeros_like(W), np.zeros(d_h), np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        before = H[:, t - 1] if t > 0 else h0
        da = np.clip((dH[:, t] + dh) * (1 - H[:, t] ** 2), -10, 10)
        dW = dW + da.T @ np.concatenate([before, X[:, t]], axis=1)
        db = db + da.sum(axis=0)
        dh = da @ W[:, :d_h]
        dX.append(da @ W[:, d_h:])
    return {"X": np.stack(dX[::-1], axis=1), "h0": dh, "W": dW, "b": db}
