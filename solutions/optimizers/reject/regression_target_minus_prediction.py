"""Target minus prediction: the gradients have the opposite sign.

fails: regression
says: sign
"""


# %% regression
def squared_gradient(X, y, w):
    return X.T @ (y - X @ w) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (y - logistic(X @ w)) / len(X)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
