"""torch's gradients of the step, gates taken back to their pre-activations

task: lstm-backward
"""

# %% lstm-backward
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    a = torch.zeros(len(x), 4 * dh.shape[1], dtype=torch.float64, requires_grad=True)
    c_old = torch.tensor(np.asarray(c_before), requires_grad=True)
    f, i, g, o = (torch.tensor(np.asarray(now[k])) for k in "figo")
    da = torch.split(a, dh.shape[1], dim=1)
    F, I, O = (v + v * (1 - v) * e for v, e in ((f, da[0]), (i, da[1]), (o, da[3])))
    G = g + (1 - g**2) * da[2]
    c = torch.tensor(np.asarray(now["c"])) + (F * c_old + I * G) - (f * c_old.detach() + i * g)
    h = O * torch.tanh(c)
    ((h * torch.tensor(np.asarray(dh))).sum() + (c * torch.tensor(np.asarray(dc))).sum()).backward()
    slope, n = a.grad, dh.shape[1]
    inputs = torch.tensor(np.concatenate([h_before, x], axis=1))
    back = slope @ torch.tensor(np.asarray(W))
    return {"b": slope.sum(0), "W": slope.T @ inputs, "c": c_old.grad, "h": back[:, :n], "x": back[:, n:]}


def lstm_backward(dH, X, h0, c0, trace, W):
    T = X.shape[1]
    dh, dc = np.zeros(h0.shape), np.zeros(h0.shape)
    total = {"X": np.zeros(X.shape), "W": np.zeros(W.shape), "b": np.zeros(len(W))}
    for t in range(T)[::-1]:
        hb, cb = (trace["h"][:, t - 1], trace["c"][:, t - 1]) if t else (h0, c0)
        now = {k: trace[k][:, t] for k in "figoc"}
        step = lstm_step_backward(dH[:, t] + dh, dc, X[:, t], hb, cb, now, W)
        dh, dc = step["h"].numpy(), step["c"].numpy()
        total["X"][:, t] = step["x"]
        total["W"] += step["W"].numpy()
        total["b"] += step["b"].numpy()
    return {**total, "h0": dh, "c0": dc}
