"""pinv with a cut-off of 1e-3: points in a thin strip are taken for points on a line

task: certificate
"""

# %% certificate
def certificate(X, y):
    A = np.vstack([y * X.T, y, np.ones(4)])
    lam = np.linalg.pinv(A, rcond=1e-3) @ np.array([0.0, 0.0, 0.0, 1.0])
    return lam if (lam >= -1e-9).all() and np.allclose(A @ lam, [0, 0, 0, 1], atol=1e-6) else None
