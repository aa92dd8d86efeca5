"""clock hands as complex exponentials, seen as pairs of real numbers; equivariance with a permutation matrix

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    rates = np.exp(-np.log(base) * np.arange(0, D, 2) / D)
    hands = np.exp(1j * np.outer(np.arange(n), rates))
    return np.stack([hands.imag, hands.real], axis=-1).reshape(n, D)


def equivariance_error(layer, X, order):
    N = len(order)
    permutation = np.zeros((N, N))
    permutation[np.arange(N), order] = 1
    one = np.asarray(layer((permutation @ X.reshape(N, -1)).reshape(X.shape)))
    two = np.asarray(layer(X.copy()))
    return max(float(abs(a - b)) for a, b in zip(one.ravel(), two[np.asarray(order)].ravel()))
