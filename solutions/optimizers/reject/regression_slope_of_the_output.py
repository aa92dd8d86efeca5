"""The slope σ(1 − σ) stays in the gradient: with cross-entropy it cancels.

fails: regression
says: the gradient
"""


# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    p = logistic(X @ w)
    return X.T @ ((p - y) * p * (1 - p)) / len(X)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
