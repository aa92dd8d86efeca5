"""A ridge is added to XᵀX: this is not least squares.

fails: regression
says: weights
"""


# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X + 0.01 * np.eye(X.shape[1]), X.T @ y)
