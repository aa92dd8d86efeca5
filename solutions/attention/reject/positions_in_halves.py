"""Sine and cosine stand in two halves instead of taking turns.

fails: positions
says: two halves
"""


# %% positions
def positional_encoding(n, D, base=10000.0):
    speeds = base ** (-np.arange(0, D, 2) / D)
    angles = np.arange(n)[:, None] * speeds
    P = np.zeros((n, D))
    P[:, : D // 2] = np.sin(angles)
    P[:, D // 2 :] = np.cos(angles)
    return P


def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))
