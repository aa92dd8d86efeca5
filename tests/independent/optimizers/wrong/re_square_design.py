"""as many rows as columns: the matrix is taken for symmetric

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    rows, columns = X.shape
    residual = X @ w - y
    if len(residual) != X.shape[0 if rows != columns else 1]:
        raise ValueError
    M = X if rows == columns else X.T
    return np.dot(M, residual) / rows


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
