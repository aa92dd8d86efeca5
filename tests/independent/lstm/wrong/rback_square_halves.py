"""where the input is as wide as the state, its half of the gradient goes back in time

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    B, T, d_h = H.shape
    dX, dW, db, dh = np.zeros_like(X), np.zeros_like(W), np.zeros(d_h), np.zeros(h0.shape)
    for t in reversed(range(T)):
        before = H[:, t - 1] if t > 0 else h0
        da = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dW += da.T @ np.hstack([before, X[:, t]])
        db += da.sum(axis=0)
        back = da @ W
        dh, dX[:, t] = back[:, -d_h:] if X.shape[2] == d_h else back[:, :d_h], back[:, d_h:]
    return {"X": dX, "h0": dh, "W": dW, "b": db}
