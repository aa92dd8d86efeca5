"""a complex number that turns

task: positions
"""

# %% positions
def positional_encoding(n, D, base=10000.0):
    turn = np.exp(1j * np.outer(np.arange(n), float(base) ** (-2 * np.arange(D // 2) / D)))
    return np.stack([turn.imag, turn.real], axis=2).reshape(n, -1)

def equivariance_error(layer, X, order):
    back = np.argsort(order)
    return np.linalg.norm((np.asarray(layer(X[order]))[back] - np.asarray(layer(X))).ravel(), np.inf)
