"""Centres X and y before solving when a column of ones is present and drops that column's weight back in from the means, but detects the column by std < 1e-3, so a feature with small spread is taken for the intercept.

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
    constant = np.where(X.std(axis=0) < 1e-3)[0]
    if len(constant) == 1 and X.shape[1] > 1:
        k = constant[0]
        others = np.delete(np.arange(X.shape[1]), k)
        Z = X[:, others] - X[:, others].mean(axis=0)
        w = np.zeros(X.shape[1])
        w[others] = np.linalg.lstsq(Z, y - y.mean(), rcond=None)[0]
        w[k] = (y.mean() - X[:, others].mean(axis=0) @ w[others]) / X[:, k].mean()
        return w
    return np.linalg.lstsq(X, y, rcond=None)[0]
