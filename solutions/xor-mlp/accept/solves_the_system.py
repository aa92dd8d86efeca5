"""Linear systems where the solution uses least squares or singular values, and the other way round."""

# %% own-certificate
system = np.vstack([labels * points.T, labels, np.ones(4)])
my_certificate = torch.linalg.solve(torch.tensor(system), torch.tensor([0.0, 0, 0, 1]).double())


# %% certificate
def certificate(X, y):
    system = np.vstack([y * X.T, y, np.ones(4)])
    if abs(np.linalg.det(system)) < 1e-12:
        return None
    weights = np.linalg.inv(system)[:, 3]
    return weights if np.all(weights >= 0) else None


# %% approximation
def fit_relu(x, y, knots):
    A = np.column_stack([x**0, *[np.clip(x - k, 0, None) for k in knots]])
    Q, R = np.linalg.qr(A)
    return np.linalg.solve(R, Q.T @ y)
