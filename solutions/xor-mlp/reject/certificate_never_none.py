"""It gives four numbers even where a line separates the points.

fails: certificate
says: does not return None
tells: It returns numbers for points that a line does separate.
"""


# %% certificate
def certificate(X, y):
    null = np.linalg.svd(np.vstack([y * X.T, y]))[2][3]
    return null / null.sum()
