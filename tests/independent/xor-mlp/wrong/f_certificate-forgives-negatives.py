"""Entries down to -0.02 count as rounding and are set to zero, so separable points whose segments miss each other by a hair get a false certificate.

task: certificate
"""

# %% certificate
def certificate(X, y):
    y = np.asarray(y, dtype=float)
    A = np.vstack([(y[:, None] * X).T / np.max(np.abs(X)), y])
    null = np.linalg.svd(A)[2][-1]
    if null.sum() < 0:
        null = -null
    lam = null / np.abs(null).sum()
    if lam.min() < -0.02:
        return None
    lam = np.clip(lam, 0, None)
    return lam / lam.sum()
