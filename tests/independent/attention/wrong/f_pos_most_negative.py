"""returns minus the smallest entry of the difference, taking the error as symmetric: too small where the largest deviation is positive

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
    difference = np.asarray(layer(X[order])) - np.asarray(layer(X))[order]
    return float(abs(difference.min()))
