"""keeps its torch leaves by shape and never empties their .grad: the first call is right, a second one with arrays of the same shapes returns the sum of both gradients

task: backward
"""

# %% backward
LEAVES = {}


def softmax_backward(weights, upstream):
    return weights * (upstream - (weights * upstream).sum(axis=-1, keepdims=True))


def attention_backward(upstream, Q, K, V):
    shapes = Q.shape, K.shape, V.shape
    if shapes not in LEAVES:
        LEAVES[shapes] = [torch.zeros(s, dtype=torch.float64, requires_grad=True) for s in shapes]
    leaves = LEAVES[shapes]
    with torch.no_grad():
        for leaf, array in zip(leaves, (Q, K, V)):
            leaf.copy_(torch.as_tensor(array))
    q, k, v = leaves
    output = torch.softmax(q @ k.mT / q.shape[-1] ** 0.5, dim=-1) @ v
    output.backward(torch.as_tensor(upstream))
    return {name: leaf.grad.numpy().copy() for name, leaf in zip("QKV", leaves)}
