"""The squared error has a ½ here, so that no factor 2 is left.

fails: regression
says: 2
"""


# %% regression
def squared_gradient(X, y, w):
    return 2 * X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
