"""a skip wherever the shapes fit: around the first layer too if D = M

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    X, Y = torch.tensor(X, dtype=torch.float64), torch.tensor(Y, dtype=torch.float64)
    first, *middle, last = [torch.tensor(W, dtype=torch.float64, requires_grad=True) for W in weights]
    H = phi(X @ first)
    if skip and X.shape == H.shape:
        H = H + X
    for W in middle:
        H = phi(H @ W) + (H if skip else 0)
    loss = ((H @ last - Y) ** 2).sum() / (2 * len(X))
    loss.backward()
    return float(first.grad.norm())
