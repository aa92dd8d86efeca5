"""takes the exponents 2i/D from linspace(0, 1/2, D/2): right for D = 2 and 4, too close together for D = 6, 8, ...

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    speeds = base ** -np.linspace(0, 0.5, D // 2)
    angles = np.arange(n)[:, None] * speeds
    P = np.empty((n, D))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P


def equivariance_error(layer, X, order):
    difference = np.asarray(layer(X[order])) - np.asarray(layer(X))[order]
    return float(np.abs(difference).max())
