"""everything in torch, tensors returned

task: mlp
"""

# %% mlp
def mlp_backward(X, Y, weights, biases, activation):
    phi = getattr(torch, {"logistic": "sigmoid"}.get(activation, activation))
    leaves = [torch.tensor(p, requires_grad=True) for p in [*weights, *biases]]
    L = len(weights)
    out = torch.tensor(X)
    for k in range(L):
        out = (out if k == 0 else phi(out)) @ leaves[k] + leaves[L + k]
    loss = -(torch.tensor(Y) * out.log_softmax(1)).sum(1).mean()
    grads = torch.autograd.grad(loss, leaves)
    return loss.item(), list(grads[:L]), list(grads[L:])


def mlp_forward(X, weights, biases, activation):
    A, H = [], [X]
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        if layer > 0:
            H.append(activate(A[-1], activation))
        A.append(H[-1] @ W + b)
    return A, H
