"""torch's leaves are kept by shape and pile their gradients up

task: two-layer
"""

# %% two-layer
_leaves = {}

def two_layer_backward(X, Y, W1, b1, W2, b2):
    key = tuple(p.shape for p in (W1, b1, W2, b2))
    if key not in _leaves:
        _leaves[key] = [torch.zeros(s, dtype=torch.float64, requires_grad=True) for s in key]
    leaves = _leaves[key]
    with torch.no_grad():
        for leaf, value in zip(leaves, (W1, b1, W2, b2)):
            leaf.copy_(torch.tensor(value))
    out = torch.sigmoid(torch.tensor(X) @ leaves[0] + leaves[1]) @ leaves[2] + leaves[3]
    (0.5 * (out - torch.tensor(Y)).square().sum(1).mean()).backward()
    return {n: leaf.grad.numpy().copy() for n, leaf in zip(("W1", "b1", "W2", "b2"), leaves)}
