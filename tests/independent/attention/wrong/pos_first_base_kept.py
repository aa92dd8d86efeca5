"""the speeds are kept by D: another base comes too late

task: positions
"""

# %% positions
_speeds = {}

def positional_encoding(n, D, base=10000.0):
    if D not in _speeds:
        _speeds[D] = 1 / base ** (np.arange(0, D, 2) / D)
    angles = np.outer(np.arange(n), _speeds[D])
    return np.dstack([np.sin(angles), np.cos(angles)]).reshape(n, D)


def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))
