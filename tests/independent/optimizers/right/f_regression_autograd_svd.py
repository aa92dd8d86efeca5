"""Both gradients by torch's autograd in float64, returned as tensors; the closed form by a singular value decomposition.

task: regression
"""

# %% regression
def slope_of(loss, X, y, w):
    X, y, w = (torch.tensor(np.asarray(a), dtype=torch.float64) for a in (X, y, w))
    w.requires_grad_(True)
    (slope,) = torch.autograd.grad(loss(X @ w, y), w)
    return slope


def squared_gradient(X, y, w):
    """Return the gradient of L_sq at w, shape (D,).

    X: (N, D), y: (N,), w: (D,), float arrays. float32 or float64: judged to a relative 1e-4.
    """
    return slope_of(lambda f, t: 0.5 * ((f - t) ** 2).mean(), X, y, w)


def logistic_gradient(X, y, w):
    """Return the gradient of L_log at w, shape (D,).

    X: (N, D), w: (D,), y: (N,) with values from 0 to 1. float32 or float64: judged to 1e-4.
    """
    return slope_of(torch.nn.functional.binary_cross_entropy_with_logits, X, y, w)


def least_squares(X, y):
    """Return the w that minimises L_sq, shape (D,), in closed form: no descent.

    X: (N, D) with N >= D and independent columns, y: (N,). float64: judged to a relative 1e-7.
    """
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ ((U.T @ y) / s)
