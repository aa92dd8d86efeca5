"""small singular values are cut off

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    return np.linalg.pinv(X, rcond=1e-3) @ y
