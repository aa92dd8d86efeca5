"""a skip around the output layer, too, where K = M

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    X, Y, *W = (torch.tensor(a, dtype=torch.float64) for a in (X, Y, *weights))
    W[0].requires_grad_()
    H = phi(X @ W[0])
    for each in W[1:-1]:
        H = phi(H @ each) + skip * H
    out = H @ W[-1]
    if skip and out.shape == H.shape:
        out = out + H
    (grad,) = torch.autograd.grad((out - Y).pow(2).sum() / 2 / len(X), W[0])
    return grad.norm().item()
