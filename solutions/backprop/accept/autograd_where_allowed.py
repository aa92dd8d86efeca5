"""The norm of the first layer by torch's autograd, which the last task allows."""


# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    leaf = torch.tensor(weights[0], requires_grad=True)
    H = phi(torch.tensor(X) @ leaf)
    for W in weights[1:-1]:
        new = phi(H @ torch.tensor(W))
        H = H + new if skip else new
    loss = 0.5 * (H @ torch.tensor(weights[-1]) - torch.tensor(Y)).square().sum(dim=1).mean()
    return torch.autograd.grad(loss, leaf)[0].norm()
