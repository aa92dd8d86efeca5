"""The gates are kept within [1e-4, 1 - 1e-4] before their slope is taken, so a saturated gate (1e-6) gets a gradient a hundred times too large.

task: lstm-backward
"""

# %% lstm-backward
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    def slope(gate):
        gate = np.clip(gate, 1e-4, 1 - 1e-4)
        return gate * (1 - gate)

    f, i, g, o, c = (now[k] for k in ("f", "i", "g", "o", "c"))
    tc = np.tanh(c)
    d_cell = dc + dh * o * (1 - tc**2)
    da_f = d_cell * c_before * slope(f)
    da_i = d_cell * g * slope(i)
    da_g = d_cell * i * (1 - g**2)
    da_o = dh * tc * slope(o)
    da = np.concatenate([da_f, da_i, da_g, da_o], axis=1)
    n = h_before.shape[1]
    dz = da @ W
    return {
        "x": dz[:, n:],
        "h": dz[:, :n],
        "c": d_cell * f,
        "W": da.T @ np.concatenate([h_before, x], axis=1),
        "b": da.sum(axis=0),
    }


def lstm_backward(dH, X, h0, c0, trace, W):
    T = X.shape[1]
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(len(W))
    dh, dc = np.zeros(h0.shape), np.zeros(c0.shape)
    for t in range(T - 1, -1, -1):
        now = {name: trace[name][:, t] for name in ("f", "i", "g", "o", "c")}
        h_before = trace["h"][:, t - 1] if t else h0
        c_before = trace["c"][:, t - 1] if t else c0
        back = lstm_step_backward(dH[:, t] + dh, dc, X[:, t], h_before, c_before, now, W)
        dh, dc, dX[:, t] = back["h"], back["c"], back["x"]
        dW += back["W"]
        db += back["b"]
    return {"X": dX, "h0": dh, "c0": dc, "W": dW, "b": db}
