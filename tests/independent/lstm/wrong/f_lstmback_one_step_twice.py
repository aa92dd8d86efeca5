"""lstm_backward treats the last and the first step outside of its loop, so that for T = 1 the one step is counted twice.

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
    B, T, d_h = dH.shape
    at = lambda t: {k: trace[k][:, t] for k in ("f", "i", "g", "o", "c")}
    H, C = trace["h"], trace["c"]
    dX = np.zeros_like(X)
    zero = np.zeros((B, d_h))
    before = (H[:, T - 2], C[:, T - 2]) if T > 1 else (h0, c0)
    s = lstm_step_backward(dH[:, -1], zero, X[:, -1], *before, at(T - 1), W)
    dX[:, -1], dW, db = s["x"], s["W"], s["b"]
    for t in range(T - 2, 0, -1):
        s = lstm_step_backward(dH[:, t] + s["h"], s["c"], X[:, t], H[:, t - 1], C[:, t - 1], at(t), W)
        dX[:, t] = s["x"]
        dW = dW + s["W"]
        db = db + s["b"]
    s = lstm_step_backward(dH[:, 0] + s["h"], s["c"], X[:, 0], h0, c0, at(0), W)
    dX[:, 0] = s["x"]
    return {"X": dX, "h0": s["h"], "c0": s["c"], "W": dW + s["W"], "b": db + s["b"]}
