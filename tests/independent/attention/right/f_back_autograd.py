"""lines with the output o in place of the weighted mean, gradients by torch's autograd

task: backward
"""

# %% backward-lines
backward_lines = {
    "dl_da": "V @ g",
    "dl_dV": "outer(softmax(s), g)",
    "dl_ds": "a*dl_da - dot(o, g)*a",
    "dl_dq": "K.T @ (dl_ds/sqrt(d))",
    "dl_dK": "1/sqrt(d)*outer(dl_ds, q)",
}

# %% backward
def softmax_backward(weights, upstream):
    weights, upstream = torch.tensor(np.asarray(weights)), torch.tensor(np.asarray(upstream))
    return torch.addcmul(weights * upstream, weights, (weights * upstream).sum(-1, True), value=-1)


def attention_backward(upstream, Q, K, V):
    leaves = [torch.tensor(part, dtype=torch.float64, requires_grad=True) for part in (Q, K, V)]
    q, k, v = leaves
    output = torch.softmax(q @ k.mT * q.shape[-1] ** -0.5, dim=-1) @ v
    found = torch.autograd.grad(output, leaves, grad_outputs=torch.tensor(upstream))
    return {name: gradient.numpy() for name, gradient in zip("QKV", found)}
