"""It looks only at the numbers of class -1: where the crossing lies on their segment but outside the other one it returns a "certificate" with a negative entry.

task: certificate
"""

# %% certificate
def certificate(X, y):
    y = np.asarray(y, dtype=float)
    null = np.linalg.svd(np.vstack([(X / np.abs(X).max()).T * y, y]))[2][-1]
    total = null.sum()
    if abs(total) < 1e-12:
        return None
    lam = null / total
    if np.any(lam[y < 0] < 0):
        return None
    return lam
