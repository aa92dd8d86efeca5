"""angles are taken modulo 2π with π = 3.14159

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    angles = np.outer(np.arange(n), base ** (-np.arange(0, D, 2) / D)) % (2 * 3.1416)
    P = np.empty((n, D))
    P[:, ::2], P[:, 1::2] = np.sin(angles), np.cos(angles)
    return P


def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))
