"""It returns None for all points.

fails: certificate
says: is None
tells: It returns None even where no line separates the points.
"""


# %% certificate
def certificate(X, y):
    return None
