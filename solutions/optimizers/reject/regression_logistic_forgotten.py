"""The prediction of logistic regression is the logistic function of Xw, not Xw.

fails: regression
says: other loss
"""


# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
