"""permutes X in place (X[:] = X[order]) after having called the layer: the answer is right, the caller's X is another one

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
    expected = np.array(layer(X))[order]
    X[:] = X[order]
    difference = np.asarray(layer(X)) - expected
    return float(np.abs(difference).max())
