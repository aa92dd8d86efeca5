"""torch's graph, slope 1 at zero

task: train
"""

# %% gradients
def gradients(X, y, params, activation):
    leaves = {k: torch.tensor(v, dtype=torch.float64, requires_grad=True) for k, v in params.items()}
    A = torch.tensor(X) @ leaves["W1"] + leaves["b1"]
    H = torch.tanh(A) if activation == "tanh" else torch.where(A >= 0, A, 0.0)
    z = H @ leaves["W2"] + leaves["b2"]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor(y, dtype=torch.float64))
    loss.backward()
    return loss.detach(), {k: v.grad for k, v in leaves.items()}
