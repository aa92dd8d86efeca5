"""ReLU's slope as quotients, spaces everywhere; the shares by torch.

task: activations
"""

# %% activation-lines
activation_lines = {
    "dr_dz": " relu( z ) / z ",
    "dk_dz": "relu(z)/z + c * relu(-z) / (-z)",
    "dp_dz": "s ** 2 / s",
    "dt_dz": "(2*q)**2 * (1 - q) / q",
    "dl_dw": "0.0",
}

# %% activations
def active_share(X, W, b):
    X, W, b = (torch.tensor(np.array(part), dtype=torch.float64) for part in (X, W, b))
    A = X @ W + b
    return torch.count_nonzero(A > 0, dim=0) / torch.tensor(float(len(X)), dtype=torch.float64)
