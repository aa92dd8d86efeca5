"""lstm_backward takes tanh(c) to be h / o, which is nan where an output gate is closed to 0 (pre-activation below -745).

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
    f, i, g, o, c, h = (trace[k] for k in ("f", "i", "g", "o", "c", "h"))
    tanh_c = h / o
    h_old = np.concatenate([h0[:, None], h[:, :-1]], axis=1)
    c_old = np.concatenate([c0[:, None], c[:, :-1]], axis=1)
    dA = np.zeros((B, T, 4 * d_h))
    dh, dc = np.zeros((B, d_h)), np.zeros((B, d_h))
    for t in reversed(range(T)):
        dh = dh + dH[:, t]
        dc = dc + dh * o[:, t] * (1 - tanh_c[:, t] ** 2)
        parts = (
            dc * c_old[:, t] * f[:, t] * (1 - f[:, t]),
            dc * g[:, t] * i[:, t] * (1 - i[:, t]),
            dc * i[:, t] * (1 - g[:, t] ** 2),
            dh * tanh_c[:, t] * o[:, t] * (1 - o[:, t]),
        )
        dA[:, t] = np.concatenate(parts, axis=1)
        dh, dc = dA[:, t] @ W[:, :d_h], dc * f[:, t]
    inputs = np.concatenate([h_old, X], axis=2)
    return {
        "X": dA @ W[:, d_h:],
        "h0": dh,
        "c0": dc,
        "W": np.einsum("btm,btn->mn", dA, inputs),
        "b": dA.sum(axis=(0, 1)),
    }
