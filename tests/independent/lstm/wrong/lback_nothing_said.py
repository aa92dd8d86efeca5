"""steps without a loss of their own are skipped once the gradient from behind is zero

task: lstm-backward
"""

# %% lstm-backward
def lstm_backward(dH, X, h0, c0, trace, W):
    said = np.flatnonzero(np.abs(dH).sum(axis=(0, 2)))
    last = said[-1] if len(said) else 0
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(len(W))
    dh = dc = np.zeros_like(h0)
    for t in reversed(range(last)):
        h_before, c_before = (trace["h"][:, t - 1], trace["c"][:, t - 1]) if t > 0 else (h0, c0)
        now = {name: values[:, t] for name, values in trace.items()}
        back = lstm_step_backward(dH[:, t] + dh, dc, X[:, t], h_before, c_before, now, W)
        dh, dc, dW, db = back["h"], back["c"], dW + back["W"], db + back["b"]
        dX[:, t] = back["x"]
    return {"X": dX, "h0": dh, "c0": dc, "W": dW, "b": db}


def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    f, i, g, o, shown = now["f"], now["i"], now["g"], now["o"], np.tanh(now["c"])
    cell = dc + dh * o * (1 - shown**2)
    da = np.concatenate(
        [
            cell * c_before * f * (1 - f),
            cell * g * i * (1 - i),
            cell * i * (1 - g**2),
            dh * shown * o * (1 - o),
        ],
        axis=1,
    )
    back = da @ W
    d_h = h_before.shape[1]
    return {
        "x": back[:, d_h:],
        "h": back[:, :d_h],
        "c": cell * f,
        "W": da.T @ np.concatenate([h_before, x], axis=1),
        "b": da.sum(axis=0),
    }
