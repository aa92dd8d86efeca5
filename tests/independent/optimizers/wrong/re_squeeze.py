"""squared_gradient squeezed: shape () for one feature

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    return np.squeeze(X.T @ (X @ w - y)) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
