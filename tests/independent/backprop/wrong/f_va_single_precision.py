"""Autograd in float32 ("compute in float64"): the squares of entries near 1e-21 lose their digits, relative error 1e-3 at a norm of 1e-20 (logistic, 30 layers).

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    X, Y = torch.Tensor(X), torch.Tensor(Y)
    W0, *others = (torch.Tensor(W) for W in weights)
    W0.requires_grad_()
    H = phi(X @ W0)
    for W in others[:-1]:
        H = phi(H @ W) + H if skip else phi(H @ W)
    loss = ((H @ others[-1] - Y) ** 2).sum() / (2 * len(X))
    (gradient,) = torch.autograd.grad(loss, W0)
    return float(torch.sqrt((gradient**2).sum()))
