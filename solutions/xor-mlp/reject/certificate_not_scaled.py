"""The numbers do not add up to 1: each class does so by itself.

fails: certificate
says: times 2
"""

# %% own-certificate
my_certificate = None
conditions = np.vstack([labels * points.T, labels, np.ones(4)])
my_certificate = np.linalg.lstsq(conditions, np.array([0, 0, 0, 1.0]), rcond=None)[0] * 2


# %% certificate
def certificate(X, y):
    null = np.linalg.svd(np.vstack([y * X.T, y]))[2][3]
    if null.min() < 0 < null.max():
        return None
    return 2 * null / null.sum()
