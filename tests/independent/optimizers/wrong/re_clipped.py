"""the linear predictor is clipped

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    z = np.clip(X @ w, -5, 5)
    return X.T @ (1 / (1 + np.exp(-z)) - y) / len(y)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
