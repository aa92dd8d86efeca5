"""gradients in float32, a naive logistic function, the minimum by lstsq

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    X, y, w = (np.asarray(a, dtype=np.float32) for a in (X, y, w))
    return np.einsum("nd,n->d", X, X @ w - y) / len(y)


def logistic_gradient(X, y, w):
    f = (1 / (1 + np.exp(-(X @ w))) - y) / y.size
    return f @ X


def least_squares(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]
