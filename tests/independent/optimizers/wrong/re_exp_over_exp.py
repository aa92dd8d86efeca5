"""the logistic function overflows

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    z = X @ w
    p = np.exp(z) / (1 + np.exp(z))
    return X.T @ (p - y) / X.shape[0]


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
