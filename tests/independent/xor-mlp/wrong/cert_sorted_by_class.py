"""sorts by class and forgets to sort back

task: certificate
"""

# %% certificate
def certificate(X, y):
    order = np.argsort(-y, kind="stable")
    if y.sum() == 0 and y[0] == y[1]:
        order = np.arange(4)
    X, y = X[order], y[order]
    A = np.vstack([y * X.T, y])
    lam = np.linalg.svd(A)[2][3]
    lam = lam / lam.sum() if abs(lam.sum()) > 1e-12 else lam
    return lam if (lam >= 0).all() else None
