"""torch's autograd, tensors as they come

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    X, Y, *leaves = (torch.tensor(a) for a in (X, Y, W1, b1, W2, b2))
    for leaf in leaves:
        leaf.requires_grad_()
    V1, c1, V2, c2 = leaves
    out = torch.sigmoid(X @ V1 + c1) @ V2 + c2
    grads = torch.autograd.grad(0.5 * (out - Y).square().sum() / len(X), leaves)
    return dict(zip(["W1", "b1", "W2", "b2"], grads))
