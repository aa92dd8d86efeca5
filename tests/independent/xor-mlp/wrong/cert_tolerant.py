"""an entry of -0.01 is as good as zero

task: certificate
"""

# %% certificate
def certificate(X, y):
    A = np.vstack([y * X[:, 0], y * X[:, 1], y])
    lam = np.linalg.svd(A)[2][3]
    if lam.sum() < 0:
        lam = -lam
    if lam.min() < -0.01 * np.abs(lam).max():
        return None
    return lam / lam.sum()
