"""returns exactly 0 if np.allclose finds both outputs equal (relative 1e-5): wrong for large outputs, e.g. an error of 3 at entries of a million

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    speeds = base ** (-2.0 * np.arange(D // 2) / D)
    angles = np.arange(n)[:, None] * speeds
    P = np.empty((n, D))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P


def equivariance_error(layer, X, order):
    one, two = np.asarray(layer(X[order])), np.asarray(layer(X))[order]
    if np.allclose(one, two):
        return 0.0
    difference = one - two
    return float(np.abs(difference).max())
