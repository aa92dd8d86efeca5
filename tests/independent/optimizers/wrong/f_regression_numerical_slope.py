"""Central differences of the loss with step 1e-4 instead of the gradient: off by far more than 1e-4 for features of size in the thousands.

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
    def loss(v):
        z = X.astype(np.float64) @ v
        return np.mean(np.logaddexp(0, z) - y * z)

    w64, h = np.asarray(w, dtype=np.float64), 1e-4
    return np.array([(loss(w64 + h * e) - loss(w64 - h * e)) / (2 * h) for e in np.eye(len(w64))])


def least_squares(X, y):
    """Return the w that minimises L_sq, shape (D,), in closed form: no descent.

    X: (N, D) with N >= D and independent columns, y: (N,). float64: judged to a relative 1e-7.
    """
    return np.linalg.lstsq(X, y, rcond=None)[0]
