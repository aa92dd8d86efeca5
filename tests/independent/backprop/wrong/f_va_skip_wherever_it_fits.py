"""Adds a skip around every layer whose matrix is square, so also around the output layer when K = M (and the first when D = M): only hidden layers 2 to L have skips.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    Ws = [torch.tensor(W, dtype=torch.float64) for W in weights]
    Ws[0].requires_grad_()
    H = torch.tensor(X, dtype=torch.float64)
    for l, W in enumerate(Ws):
        out = H @ W
        if l < len(Ws) - 1:
            out = phi(out)
        if skip and out.shape == H.shape:
            out = out + H
        H = out
    loss = ((H - torch.tensor(Y)) ** 2).sum(dim=1).mean() / 2
    loss.backward()
    return float(Ws[0].grad.norm())
