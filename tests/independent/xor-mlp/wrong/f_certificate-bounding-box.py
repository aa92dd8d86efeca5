"""With three points against one it tests only if the single point lies in the bounding box of the others, and then takes absolute values: false for a point in the box but outside the triangle.

task: certificate
"""

# %% certificate
def certificate(X, y):
    y = np.asarray(y, dtype=float)
    null = np.linalg.svd(np.vstack([(X / np.abs(X).max()).T * y, y]))[2][-1]
    if abs(y.sum()) == 2:
        alone = y == -np.sign(y.sum())
        low, high = X[~alone].min(axis=0), X[~alone].max(axis=0)
        inside = np.all((low < X[alone]) & (X[alone] < high))
        lam = np.abs(null) / np.abs(null).sum()
        return lam if inside else None
    return None if null.min() < 0 < null.max() else null / null.sum()
