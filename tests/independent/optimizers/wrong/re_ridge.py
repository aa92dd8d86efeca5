"""a little ridge, to be on the safe side

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    D = X.shape[1]
    return np.linalg.inv(X.T @ X + 1e-8 * np.eye(D)) @ X.T @ y
