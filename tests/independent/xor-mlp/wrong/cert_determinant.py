"""takes a small determinant for singular, whatever the size of the points

task: certificate
"""

# %% certificate
def certificate(X, y):
    A = np.vstack([y * X.T, y, np.ones(4)])
    if abs(np.linalg.det(A)) < 1e-6:
        return None
    lam = np.linalg.solve(A, [0, 0, 0, 1])
    return lam if (lam >= 0).all() else None
