"""It crosses the segments of two points and two points, and returns None whenever a class has one point or three, also for a point inside the triangle of the others.

task: certificate
"""

# %% certificate
def certificate(X, y):
    plus, minus = np.flatnonzero(np.asarray(y) > 0), np.flatnonzero(np.asarray(y) < 0)
    if len(plus) != 2:
        return None
    (a, b), (c, d) = X[plus], X[minus]
    M = np.column_stack([b - a, c - d])
    if np.linalg.matrix_rank(M) < 2:
        return None
    t, s = np.linalg.solve(M, c - a)
    if min(t, s, 1 - t, 1 - s) < 0:
        return None
    lam = np.empty(4)
    lam[plus] = (1 - t) / 2, t / 2
    lam[minus] = (1 - s) / 2, s / 2
    return lam
