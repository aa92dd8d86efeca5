"""lstsq never fails: where the system has no solution (x1 decides on a square) and the points are small it returns nonnegative numbers that solve nothing, instead of None.

task: certificate
"""

# %% certificate
def certificate(X, y):
    M = np.vstack([(y[:, None] * X).T, y, np.ones(4)])
    lam = np.linalg.lstsq(M, np.array([0.0, 0.0, 0.0, 1.0]), rcond=None)[0]
    if np.all(lam >= -1e-9):
        return lam / lam.sum()
    return None
