"""np.linalg.solve is not guarded: for a square with the classes on opposite sides (x1 decides) the matrix is singular and it raises instead of returning None.

task: certificate
"""

# %% certificate
def certificate(X, y):
    M = np.vstack([y * X[:, 0], y * X[:, 1], y, np.ones(4)])
    lam = np.linalg.solve(M, np.array([0.0, 0.0, 0.0, 1.0]))
    if (lam >= -1e-9).all():
        return np.maximum(lam, 0)
    return None
