"""Adds 1e-20 under the square root: norms below 1e-9 come out as about 1e-10 ("may be as small as 1e-20"), and a dead network as 1e-10 instead of 0.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    leaves = [torch.tensor(W, dtype=torch.float64, requires_grad=True) for W in weights]
    H = phi(torch.tensor(X) @ leaves[0])
    for W in leaves[1:-1]:
        H = phi(H @ W) + (H if skip else 0)
    loss = 0.5 * ((H @ leaves[-1] - torch.tensor(Y)) ** 2).sum() / len(X)
    loss.backward()
    return float(torch.sqrt((leaves[0].grad ** 2).sum() + 1e-20))
