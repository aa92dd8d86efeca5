"""The gradients are summed over the samples, not averaged.

fails: regression
says: mean
"""


# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y)


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
