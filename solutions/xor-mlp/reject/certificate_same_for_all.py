"""A quarter for every point: that is the certificate of XOR, not of other points.

fails: certificate
says: certificate of XOR itself
tells: A quarter for every point proves it for XOR itself, not for other points.
"""

# %% own-certificate
my_certificate = np.full(4, 0.25)


# %% certificate
def certificate(X, y):
    null = np.linalg.svd(np.vstack([y * X.T, y]))[2][3]
    if null.min() < 0 < null.max():
        return None
    return np.full(4, 0.25)
