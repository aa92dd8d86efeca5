"""The 2 of the exponent is missing: the speeds fall half as fast.

fails: positions
says: 2 of the exponent
"""


# %% positions
def positional_encoding(n, D, base=10000.0):
    speeds = base ** (-np.arange(D // 2) / D)
    angles = np.arange(n)[:, None] * speeds
    P = np.zeros((n, D))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P


def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))
