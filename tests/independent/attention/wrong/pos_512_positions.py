"""a table of 512 positions, as in many tutorials

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    position = torch.arange(512, dtype=torch.float64)[:, None]
    speed = torch.exp(torch.arange(0, D, 2, dtype=torch.float64) * (-np.log(base) / D))
    P = torch.zeros(512, D, dtype=torch.float64)
    P[:, 0::2], P[:, 1::2] = torch.sin(position * speed), torch.cos(position * speed)
    return P[:n]


def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))
