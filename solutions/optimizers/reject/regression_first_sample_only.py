"""Only the first sample is used.

fails: regression
says: first sample
"""


# %% regression
def squared_gradient(X, y, w):
    return X[0] * (X[0] @ w - y[0])


def logistic_gradient(X, y, w):
    return X[0] * (logistic(X[0] @ w) - y[0])


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
