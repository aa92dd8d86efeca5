"""np.linalg.lstsq with rcond=1e-3 drops the small singular values: wrong for independent columns of very different size (1 and 1e-4).

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    """Return the gradient of L_sq at w, shape (D,).

    X: (N, D), y: (N,), w: (D,), float arrays. float32 or float64: judged to a relative 1e-4.
    """
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    """Return the gradient of L_log at w, shape (D,).

    X: (N, D), w: (D,), y: (N,) with values from 0 to 1. float32 or float64: judged to 1e-4.
    """
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    """Return the w that minimises L_sq, shape (D,), in closed form: no descent.

    X: (N, D) with N >= D and independent columns, y: (N,). float64: judged to a relative 1e-7.
    """
    w, *_ = np.linalg.lstsq(X, y, rcond=1e-3)
    return w
