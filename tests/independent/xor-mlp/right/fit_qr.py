"""a QR decomposition with the columns scaled

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    M = np.hstack([np.ones((len(x), 1)), np.maximum(0, np.subtract.outer(x, knots))])
    size = np.linalg.norm(M, axis=0)
    Q, R = np.linalg.qr(M / size)
    return torch.tensor(np.linalg.solve(R, Q.T @ y) / size)
