"""Unusual: the sequence's da of all steps first and W, b, X by einsum at the end; the step in torch by hand, with tensors as results.

task: lstm-backward
"""

# %% lstm-backward
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    t = lambda a: torch.tensor(np.array(a), dtype=torch.float64)
    dh, dc, x, h_before, c_before, W = map(t, (dh, dc, x, h_before, c_before, W))
    f, i, g, o, c = (t(now[k]) for k in "figoc")
    through = dc + dh * o / torch.cosh(c) ** 2
    da = torch.hstack(
        [through * c_before * f * (1 - f), through * g * i * (1 - i), through * i * (1 - g * g), dh * c.tanh() * o * (1 - o)]
    )
    d_h, d_x = torch.split(da @ W, [h_before.shape[1], x.shape[1]], dim=1)
    dW = torch.einsum("bm,bn->mn", da, torch.hstack([h_before, x]))
    return {"b": da.sum(0), "W": dW, "c": through * f, "h": d_h, "x": d_x}


def lstm_backward(dH, X, h0, c0, trace, W):
    B, T, n = dH.shape
    f, i, g, o, c = (trace[k] for k in ("f", "i", "g", "o", "c"))
    h_old = np.concatenate([h0[:, None], trace["h"][:, :-1]], axis=1)
    c_old = np.concatenate([c0[:, None], c[:, :-1]], axis=1)
    # How much of dc each gate's pre-activation gets, for all steps at once.
    per_cell = np.stack([c_old * f * (1 - f), g * i * (1 - i), i * (1 - g) * (1 + g)], axis=2)
    per_out, to_cell = np.tanh(c) * o * (1 - o), o * (1 - np.tanh(c) ** 2)
    dA = np.empty((B, T, 4, n))
    dh, dc = np.zeros((B, n)), np.zeros((B, n))
    for t in range(T)[::-1]:
        dh = dh + dH[:, t]
        dc = dc + dh * to_cell[:, t]
        dA[:, t, :3] = dc[:, None] * per_cell[:, t]
        dA[:, t, 3] = dh * per_out[:, t]
        dh, dc = dA[:, t].reshape(B, 4 * n) @ W[:, :n], dc * f[:, t]
    dA = dA.reshape(B, T, 4 * n)
    dW = np.hstack([np.einsum("btm,btn->mn", dA, part) for part in (h_old, X)])
    return {"X": dA @ W[:, n:], "h0": dh, "c0": dc, "W": dW, "b": dA.sum((0, 1))}
