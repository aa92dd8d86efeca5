"""Clips X @ w to [-8, 8] for stability, so the gradient is off by 3e-4 times the input where the prediction is confident (seven times too large for y = 1, X @ w = 10).

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
    z = np.clip(X @ w, -8.0, 8.0)  # no overflow in exp
    return X.T @ (1 / (1 + np.exp(-z)) - y) / X.shape[0]


def least_squares(X, y):
    """Return the w that minimises L_sq, shape (D,), in closed form: no descent.

    X: (N, D) with N >= D and independent columns, y: (N,). float64: judged to a relative 1e-7.
    """
    return np.linalg.lstsq(X, y, rcond=None)[0]
