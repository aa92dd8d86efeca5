"""Unusual: one step by torch's autograd, linearised around the given gates; the sequence as a fold (functools.reduce), the last step first.

task: lstm-backward
"""

# %% lstm-backward
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    def leaf(a):
        return torch.tensor(np.array(a), dtype=torch.float64, requires_grad=True)

    x, h, c, W = map(leaf, (x, h_before, c_before, W))
    b = torch.zeros(len(W), dtype=torch.float64, requires_grad=True)
    blocks = (torch.cat([h, x], dim=1) @ W.T + b).chunk(4, dim=1)
    gates = {}
    for name, a in zip("figo", blocks):
        value = torch.tensor(np.array(now[name]), dtype=torch.float64)
        slope = 1 - value**2 if name == "g" else value * (1 - value)
        gates[name] = value + slope * (a - a.detach())
    cell = gates["f"] * c + gates["i"] * gates["g"]
    cell = cell - cell.detach() + torch.tensor(np.array(now["c"]), dtype=torch.float64)
    shown = gates["o"] * torch.tanh(cell)
    loss = (shown * torch.tensor(np.array(dh))).sum() + (cell * torch.tensor(np.array(dc))).sum()
    grads = torch.autograd.grad(loss, (x, h, c, W, b))
    return {name: g.numpy() for name, g in zip("xhcWb", grads)}


def lstm_backward(dH, X, h0, c0, trace, W):
    from functools import reduce

    def back(later, t):
        """One step more: what is known of the later steps, and the step t before them."""
        dX, dh, dc, dW, db = later
        before = (trace["h"][:, t - 1], trace["c"][:, t - 1]) if t > 0 else (h0, c0)
        now = {k: trace[k][:, t] for k in "figoc"}
        s = lstm_step_backward(dH[:, t] + dh, dc, X[:, t], *before, now, W)
        return (s["x"], *dX), s["h"], s["c"], dW + s["W"], db + s["b"]

    zero = np.zeros(h0.shape)
    start = (), zero, zero, np.zeros(W.shape), np.zeros(len(W))
    dX, *rest = reduce(back, range(X.shape[1] - 1, -1, -1), start)
    return {"X": np.stack(dX, axis=1), **dict(zip(("h0", "c0", "W", "b"), rest))}
