"""The biases are rows of ones in augmented matrices, the gradients are einsums of which the last row is the bias's, returned as torch tensors.

task: train
"""

# %% gradients
def gradients(X, y, params, activation):
    N = len(X)
    ones = torch.ones((N, 1), dtype=torch.float64)
    Xa = torch.cat([torch.as_tensor(X, dtype=torch.float64), ones], dim=1)
    Wa = torch.cat([torch.as_tensor(params["W1"]), torch.as_tensor(params["b1"])[None]], dim=0)
    A = Xa @ Wa
    H = torch.tanh(A) if activation == "tanh" else torch.relu(A)
    va = torch.cat([torch.as_tensor(params["W2"]), torch.as_tensor(params["b2"], dtype=torch.float64).reshape(1)])
    Ha = torch.cat([H, ones], dim=1)
    z = Ha @ va
    target = torch.as_tensor(y, dtype=torch.float64)
    loss = torch.mean(torch.logaddexp(z, torch.zeros_like(z)) - target * z)
    signal = (torch.sigmoid(z) - target) / N
    slope = 1 / torch.cosh(A.clamp(-300, 300)) ** 2 if activation == "tanh" else (A > 0).double()
    outer = torch.einsum("n,nh->h", signal, Ha)
    inner = torch.einsum("nd,n,h,nh->dh", Xa, signal, va[:-1], slope)
    return loss, {"b2": outer[-1], "W2": outer[:-1], "b1": inner[-1], "W1": inner[:-1]}
