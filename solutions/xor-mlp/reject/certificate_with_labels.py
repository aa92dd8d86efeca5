"""The labels are multiplied in, so that two of the numbers are negative.

fails: certificate
says: the labels are in it
"""

# %% own-certificate
my_certificate = None
conditions = np.vstack([labels * points.T, labels, np.ones(4)])
my_certificate = np.linalg.lstsq(conditions, np.array([0, 0, 0, 1.0]), rcond=None)[0] * labels


# %% certificate
def certificate(X, y):
    null = np.linalg.svd(np.vstack([y * X.T, y]))[2][3]
    if null.min() < 0 < null.max():
        return None
    return y * null / null.sum()
