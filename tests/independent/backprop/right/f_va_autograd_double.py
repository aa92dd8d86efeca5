"""torch's autograd (allowed here) in float64, with the hidden layers folded by functools.reduce.

task: vanishing
"""

# %% vanishing
import functools


def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    phi = getattr(torch, {"logistic": "sigmoid"}.get(activation, activation))
    with torch.enable_grad():
        first = torch.tensor(np.array(weights[0], dtype=np.float64), requires_grad=True)
        others = [torch.tensor(np.array(W, dtype=np.float64)) for W in weights[1:]]
        start = phi(torch.tensor(np.array(X, dtype=np.float64)) @ first)
        hidden = functools.reduce(lambda H, W: phi(H @ W) + H * bool(skip), others[:-1], start)
        errors = hidden @ others[-1] - torch.tensor(np.array(Y, dtype=np.float64))
        (gradient,) = torch.autograd.grad(errors.pow(2).sum() / (2 * len(errors)), first)
    return gradient.pow(2).sum().sqrt().item()
