"""float32 in the functions whose contracts allow it."""


# %% regression
def squared_gradient(X, y, w):
    X, y, w = (np.asarray(v, dtype=np.float32) for v in (X, y, w))
    return X.T @ (X @ w - y) / np.float32(len(X))


def logistic_gradient(X, y, w):
    X, y, w = (torch.tensor(v, dtype=torch.float32) for v in (X, y, w))
    return X.mT @ (torch.sigmoid(X @ w) - y) / len(X)


def least_squares(X, y):
    return np.linalg.inv(X.T @ X) @ X.T @ y
