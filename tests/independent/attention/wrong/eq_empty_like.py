"""the reordered output has the shape and the type of X

task: positions
"""

# %% positions
def equivariance_error(layer, X, order):
    expected, out = np.empty_like(X), layer(X)
    for i, j in enumerate(order):
        expected[i] = out[j]
    return float(np.abs(layer(X[order]) - expected).max())


def positional_encoding(n, D, base=10000.0):
    speeds = base ** (-np.arange(0, D, 2) / D)
    angles = np.arange(n)[:, None] * speeds
    P = np.zeros((n, D))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P
