"""Negative entries are set to zero, and what is left is no combination of zero any more.

fails: certificate
says: does not return None
tells: It returns numbers for points that a line does separate.
"""


# %% certificate
def certificate(X, y):
    null = np.linalg.svd(np.vstack([y * X.T, y]))[2][3]
    null = np.maximum(null * np.sign(null.sum()), 0)
    return null / null.sum()
