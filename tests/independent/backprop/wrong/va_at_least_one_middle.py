"""with one hidden layer the skip goes around that

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
    if skip and len(W) == 2:
        H = H + X @ W[0]
    (grad,) = torch.autograd.grad((H @ W[-1] - Y).pow(2).sum() / 2 / len(X), W[0])
    return float(grad.norm())
