"""what is said about the cell is used only where something is said about h

task: lstm-backward
"""

# %% lstm-backward
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    f, i, g, o, s = now["f"], now["i"], now["g"], now["o"], np.tanh(now["c"])
    n = h_before.shape[1]
    if not dh.any():
        return {"x": np.zeros_like(x), "h": np.zeros_like(h_before), "c": dc * f, "W": np.zeros_like(W), "b": np.zeros(len(W))}
    cell = dc + dh * o * (1 - s**2)
    da = np.hstack([cell * c_before * f * (1 - f), cell * g * i * (1 - i), cell * i * (1 - g**2), dh * s * o * (1 - o)])
    return {"x": da @ W[:, n:], "h": da @ W[:, :n], "c": cell * f, "W": da.T @ np.hstack([h_before, x]), "b": da.sum(0)}


def lstm_backward(dH, X, h0, c0, trace, W):
    dX, dW, db = [], np.zeros_like(W), np.zeros(len(W))
    dh = dc = np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        h_before, c_before = (trace["h"][:, t - 1], trace["c"][:, t - 1]) if t > 0 else (h0, c0)
        now = {name: values[:, t] for name, values in trace.items()}
        back = lstm_step_backward(dH[:, t] + dh, dc, X[:, t], h_before, c_before, now, W)
        dh, dc, dW, db = back["h"], back["c"], dW + back["W"], db + back["b"]
        dX.append(back["x"])
    return {"X": np.stack(dX[::-1], axis=1), "h0": dh, "c0": dc, "W": dW, "b": db}
