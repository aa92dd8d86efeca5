"""torch.from_numpy shares memory with the caller's arrays and the in-place subtraction of Y and division by N change Y for the caller.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    inputs, error = torch.from_numpy(X), torch.from_numpy(Y)
    first, *middle, last = [torch.tensor(W) for W in weights]
    first.requires_grad_()
    H = phi(inputs @ first)
    for W in middle:
        H = phi(H @ W) + (H if skip else 0)
    error.sub_((H @ last).detach()).div_(-len(X))
    H.backward(error @ last.T)
    return float(first.grad.norm())
