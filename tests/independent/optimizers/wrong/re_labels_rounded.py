"""targets between 0 and 1 become labels

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    return X.T @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    labels = (np.asarray(y) >= 0.5).astype(float)
    p = 1 / (1 + np.exp(-(X @ w)))
    return ((p - labels)[:, None] * X).mean(axis=0)


def least_squares(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)
