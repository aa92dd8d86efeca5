"""torch in double, a loop, and a power of the sum of squares

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    act = {"relu": torch.relu, "tanh": torch.tanh, "logistic": torch.sigmoid}[activation]
    first = torch.tensor(weights[0], requires_grad=True)
    H = act(torch.tensor(X) @ first)
    for W in weights[1:-1]:
        new = act(H @ torch.tensor(W))
        H = new + H if skip else new
    loss = 0.5 * (H @ torch.tensor(weights[-1]) - torch.tensor(Y)).square().sum(dim=1).mean()
    loss.backward()
    return float((first.grad**2).sum() ** 0.5)
