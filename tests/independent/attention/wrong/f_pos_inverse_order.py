"""uses the inverse permutation on both sides: row i of the permuted tokens is not X[order[i]]; the same for doubling and for numbering, another number for layers that depend on tokens and positions

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
    order = np.argsort(order)
    difference = np.asarray(layer(X[order])) - np.asarray(layer(X))[order]
    return float(np.abs(difference).max())
