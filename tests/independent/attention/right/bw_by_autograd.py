"""torch differentiates, in float32 where that is enough

task: backward
"""

# %% backward
def attention_backward(upstream, Q, K, V):
    leaves = [torch.tensor(part, requires_grad=True) for part in (Q, K, V)]
    q, k, v = leaves
    out = torch.nn.functional.scaled_dot_product_attention(q, k, v)
    grads = torch.autograd.grad((out * torch.tensor(upstream)).sum(), leaves)
    return dict(zip("QKV", grads))

def softmax_backward(weights, upstream):
    jacobian = weights[..., :, None] * (np.eye(weights.shape[-1]) - weights[..., None, :])
    return np.einsum("...ij,...i->...j", jacobian, upstream)
