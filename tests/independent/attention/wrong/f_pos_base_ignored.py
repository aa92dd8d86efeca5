"""the base is written as 10000 in the formula: any other base gives the same table

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    speeds = 10000.0 ** (-2.0 * np.arange(D // 2) / D)
    angles = np.arange(n)[:, None] * speeds
    P = np.empty((n, D))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P


def equivariance_error(layer, X, order):
    difference = np.asarray(layer(X[order])) - np.asarray(layer(X))[order]
    return float(np.abs(difference).max())
