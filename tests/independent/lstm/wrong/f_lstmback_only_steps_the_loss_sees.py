"""The walk starts at the last step with a nonzero dH of the first sequence, so a loss that looks at sequence 2 later is cut off.

task: lstm-backward
"""

# %% lstm-backward
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    f, i, g, o = now["f"], now["i"], now["g"], now["o"]
    tanh_c = np.tanh(now["c"])
    dcell = dc + dh * o * (1 - tanh_c**2)
    da = np.concatenate(
        [
            dcell * c_before * f * (1 - f),
            dcell * g * i * (1 - i),
            dcell * i * (1 - g**2),
            dh * tanh_c * o * (1 - o),
        ],
        axis=1,
    )
    d_h = dh.shape[1]
    both = da @ W
    dW = da.T @ np.concatenate([h_before, x], axis=1)
    return {"x": both[:, d_h:], "h": both[:, :d_h], "c": dcell * f, "W": dW, "b": da.sum(axis=0)}


def lstm_backward(dH, X, h0, c0, trace, W):
    T = X.shape[1]
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(len(W))
    dh, dc = np.zeros(h0.shape), np.zeros(c0.shape)
    seen = np.flatnonzero(np.abs(dH[0]).sum(axis=1))
    last = seen[-1] if len(seen) else -1  # nothing comes from behind it
    for t in range(last, -1, -1):
        now = {name: trace[name][:, t] for name in ("f", "i", "g", "o", "c")}
        h_before = trace["h"][:, t - 1] if t else h0
        c_before = trace["c"][:, t - 1] if t else c0
        back = lstm_step_backward(dH[:, t] + dh, dc, X[:, t], h_before, c_before, now, W)
        dh, dc, dX[:, t] = back["h"], back["c"], back["x"]
        dW += back["W"]
        db += back["b"]
    return {"X": dX, "h0": dh, "c0": dc, "W": dW, "b": db}
