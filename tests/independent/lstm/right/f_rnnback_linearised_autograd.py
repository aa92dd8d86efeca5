"""Unusual: lets torch differentiate a linearised forward pass around the given states (b is not needed for that).

task: rnn-backward
"""

# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    dH, H = (torch.tensor(np.array(a), dtype=torch.float64) for a in (dH, H))
    X, h0, W = (torch.tensor(np.array(a), dtype=torch.float64, requires_grad=True) for a in (X, h0, W))
    b = torch.zeros(len(W), dtype=torch.float64, requires_grad=True)
    h, total = h0, 0.0
    for t in range(X.shape[1]):
        a = torch.cat([h, X[:, t]], dim=1) @ W.T + b
        # The value is the given state, the slope that of tanh there.
        h = H[:, t] + (1 - H[:, t] ** 2) * (a - a.detach())
        total = total + (h * dH[:, t]).sum()
    grads = torch.autograd.grad(total, [X, h0, W, b])
    return {name: g.numpy() for name, g in zip(("X", "h0", "W", "b"), grads)}
