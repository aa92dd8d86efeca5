"""torch's leaves are kept by shape and pile their gradients up

task: backward
"""

# %% backward
_leaves = {}

def attention_backward(upstream, Q, K, V):
    shapes = (Q.shape, K.shape, V.shape)
    if shapes not in _leaves:
        _leaves[shapes] = [torch.zeros(s, dtype=torch.float64, requires_grad=True) for s in shapes]
    q, k, v = _leaves[shapes]
    with torch.no_grad():
        for leaf, value in zip((q, k, v), (Q, K, V)):
            leaf.copy_(torch.tensor(value))
    out = torch.softmax(q @ k.mT / q.shape[-1] ** 0.5, -1) @ v
    out.backward(torch.tensor(upstream))
    return {"Q": q.grad.numpy().copy(), "K": k.grad.numpy().copy(), "V": v.grad.numpy().copy()}


def softmax_backward(weights, upstream):
    mean = np.sum(weights * upstream, axis=-1, keepdims=True)
    return weights * (upstream - mean)
