"""The condition on the labels alone is left out, so that it speaks of lines through the origin only.

fails: certificate
says: certificate
"""


# %% certificate
def certificate(X, y):
    system = np.vstack([y * X.T, np.ones(4)])
    found = np.linalg.lstsq(system, np.array([0, 0, 1.0]), rcond=None)[0]
    return None if found.min() < 0 else found
