"""XᵀX is multiplied with, not solved for.

fails: regression
says: the weights
"""


# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (logistic(X @ w) - y) / len(X)


def least_squares(X, y):
    return X.T @ X @ (X.T @ y)
