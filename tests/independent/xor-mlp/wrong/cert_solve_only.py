"""solves the system, and takes a singular matrix for a certificate of equal parts

task: certificate
"""

# %% certificate
def certificate(X, y):
    A = np.vstack([y * X.T, y, np.ones(4)])
    try:
        lam = np.linalg.solve(A, [0, 0, 0, 1])
    except np.linalg.LinAlgError:
        return np.full(4, 0.25)
    return lam if (lam >= 0).all() else None
