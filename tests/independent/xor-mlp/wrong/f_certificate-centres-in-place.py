"""For better numbers it moves the points to their mean with -=, and so changes the caller's X.

task: certificate
"""

# %% certificate
def certificate(X, y):
    X -= X.mean(axis=0)  # a shift changes nothing about separability
    size = np.abs(X).max()
    A = np.vstack([(X / size).T, np.ones(4)]) * y
    null = np.linalg.svd(A)[2][-1]
    if np.all(null > 0) or np.all(null < 0):
        return null / null.sum()
    return None
