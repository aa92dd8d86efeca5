"""an entry of -1e-6 before scaling is as good as zero, and points far out make all small

task: certificate
"""

# %% certificate
def certificate(X, y):
    A = np.vstack([y * X.T, y, np.ones(4)])
    lam = np.linalg.lstsq(A, np.array([0.0, 0.0, 0.0, 1.0]), rcond=None)[0]
    return lam if (lam >= -1e-9).all() and np.allclose(A @ lam, [0, 0, 0, 1], atol=1e-2) else None
