"""It calls the system unsolvable if |det| < 1e-10, an absolute bound: the corners of XOR times 1e-6 have a certificate and get None.

task: certificate
"""

# %% certificate
def certificate(X, y):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    M = np.vstack([y * X[:, 0], y * X[:, 1], y, np.ones(4)])
    if abs(np.linalg.det(M)) < 1e-10:
        return None
    lam = np.linalg.solve(M, np.array([0.0, 0.0, 0.0, 1.0]))
    return None if np.any(lam < 0) else lam
