"""lstm_backward puts h0 and c0 in front of the states inside the caller's dictionary trace.

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
    # With the starts in front, the state before step t has the index t.
    trace["h"] = np.concatenate([h0[:, None], trace["h"]], axis=1)
    trace["c"] = np.concatenate([c0[:, None], trace["c"]], axis=1)
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[0])
    dh, dc = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(T)):
        now = {k: trace[k][:, t] for k in "figo"} | {"c": trace["c"][:, t + 1]}
        s = lstm_step_backward(
            dH[:, t] + dh, dc, X[:, t], trace["h"][:, t], trace["c"][:, t], now, W
        )
        dX[:, t], dh, dc = s["x"], s["h"], s["c"]
        dW, db = dW + s["W"], db + s["b"]
    return {"X": dX, "h0": dh, "c0": dc, "W": dW, "b": db}
