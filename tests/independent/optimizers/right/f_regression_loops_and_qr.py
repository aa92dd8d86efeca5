"""Loops over samples in float64, tanh for the logistic function, QR decomposition for the closed form.

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    """Return the gradient of L_sq at w, shape (D,).

    X: (N, D), y: (N,), w: (D,), float arrays. float32 or float64: judged to a relative 1e-4.
    """
    total = [0.0] * len(w)
    for row, target in zip(X, y):
        error = sum(float(a) * float(b) for a, b in zip(row, w)) - float(target)
        for d in range(len(w)):
            total[d] += error * float(row[d])
    return np.array(total) / len(y)


def logistic_gradient(X, y, w):
    """Return the gradient of L_log at w, shape (D,).

    X: (N, D), w: (D,), y: (N,) with values from 0 to 1. float32 or float64: judged to 1e-4.
    """
    z = np.asarray(X, dtype=np.float64) @ np.asarray(w, dtype=np.float64)
    p = 0.5 + 0.5 * np.tanh(0.5 * z)
    return np.einsum("n,nd->d", p - y, X) / X.shape[0]


def least_squares(X, y):
    """Return the w that minimises L_sq, shape (D,), in closed form: no descent.

    X: (N, D) with N >= D and independent columns, y: (N,). float64: judged to a relative 1e-7.
    """
    Q, R = np.linalg.qr(X)
    w = np.zeros(X.shape[1])
    c = Q.T @ y
    for i in reversed(range(len(w))):  # back substitution
        w[i] = (c[i] - R[i, i + 1 :] @ w[i + 1 :]) / R[i, i]
    return w
