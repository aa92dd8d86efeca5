"""the difference is divided by the largest output if that is above one

task: positions
"""

# %% positions
def equivariance_error(layer, X, order):
    a, b = layer(X[order]), layer(X)[order]
    return float(np.abs(a - b).max() / max(1.0, np.abs(b).max()))


def positional_encoding(n, D, base=10000.0):
    speeds = base ** (-np.arange(0, D, 2) / D)
    angles = np.arange(n)[:, None] * speeds
    P = np.zeros((n, D))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P
