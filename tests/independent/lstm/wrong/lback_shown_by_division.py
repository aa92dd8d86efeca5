"""tanh(c) is recovered as h / o, which a closed gate does not allow

task: lstm-backward
"""

# %% lstm-backward
def lstm_backward(dH, X, h0, c0, trace, W):
    dX, dW, db = [], np.zeros_like(W), np.zeros(len(W))
    dh = dc = np.zeros_like(h0)
    n = h0.shape[1]
    for t in reversed(range(X.shape[1])):
        hb, cb = (trace["h"][:, t - 1], trace["c"][:, t - 1]) if t > 0 else (h0, c0)
        f, i, g, o = (trace[k][:, t] for k in "figo")
        s = trace["h"][:, t] / o
        d = dH[:, t] + dh
        cell = dc + d * o * (1 - s**2)
        da = np.hstack([cell * cb * f * (1 - f), cell * g * i * (1 - i), cell * i * (1 - g**2), d * s * o * (1 - o)])
        dW += da.T @ np.hstack([hb, X[:, t]])
        db += da.sum(axis=0)
        dX.append(da @ W[:, n:])
        dh, dc = da @ W[:, :n], cell * f
    return {"X": np.stack(dX[::-1], axis=1), "h0": dh, "c0": dc, "W": dW, "b": db}


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
