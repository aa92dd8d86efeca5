"""The default is skip=True: first_layer_gradient_norm(X, Y, weights, activation) without the last argument should have no skips.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=True):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    first, *middle, last = [torch.tensor(W, dtype=torch.float64) for W in weights]
    first.requires_grad_()
    H = phi(torch.tensor(X) @ first)
    for W in middle:
        H = phi(H @ W) + (H if skip else 0)
    loss = 0.5 * (H @ last - torch.tensor(Y)).square().sum(dim=1).mean()
    loss.backward()
    return first.grad.norm().item()
