"""The points are sorted by class first and the numbers are returned in that order, which XOR with its four quarters cannot show.

task: certificate
"""

# %% certificate
def certificate(X, y):
    order = np.argsort(y, kind="stable")
    P, s = X[order] / np.abs(X).max(), np.asarray(y, dtype=float)[order]
    null = np.linalg.svd(np.vstack([P.T * s, s]))[2][-1]
    if null.min() < 0 < null.max():
        return None
    return null / null.sum()
