"""all columns from one sine with phases, comparison in the order of the original tokens

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    column = np.arange(D)
    even = column - column % 2
    return np.sin(np.arange(n).reshape(-1, 1) / np.power(base, even / D) + np.pi / 2 * (column % 2))


def equivariance_error(layer, X, order):
    permuted = np.asarray(layer(np.take(X, order, axis=0)))
    back = np.empty_like(permuted)
    back[order] = permuted
    gap = back - np.asarray(layer(X))
    return float(max(gap.max(), -gap.min()))
