"""The points are moved and scaled to size 1, then the null vector of the three equations comes from the SVD of torch.

task: certificate
"""

# %% own-certificate
my_certificate = [float(v) for v in np.linalg.solve(
    np.array([labels * points.T[0], labels * points.T[1], labels, np.ones(4)]), np.eye(4)[3])]

# %% certificate
def certificate(X, y):
    P = torch.tensor(np.array(X), dtype=torch.float64)
    P = P - P[0]
    P = P / P.abs().max()
    s = torch.tensor(np.array(y), dtype=torch.float64)
    A = torch.stack([s * P[:, 0], s * P[:, 1], s])
    null = torch.linalg.svd(A).Vh[3]
    if (null < 0).any() and (null > 0).any():
        return None
    return null / null.sum()
