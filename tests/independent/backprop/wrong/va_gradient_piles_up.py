"""first weights of the same shape share a leaf, whose gradients pile up

task: vanishing
"""

# %% vanishing
_first = {}

def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[activation]
    X, Y, *W = (torch.tensor(a, dtype=torch.float64) for a in (X, Y, *weights))
    leaf = _first.setdefault(W[0].shape, torch.zeros_like(W[0], requires_grad=True))
    leaf.data = W[0]
    H = phi(X @ leaf)
    for each in W[1:-1]:
        H = phi(H @ each) + skip * H
    ((H @ W[-1] - Y).pow(2).sum() / 2 / len(X)).backward()
    return float(leaf.grad.norm())
