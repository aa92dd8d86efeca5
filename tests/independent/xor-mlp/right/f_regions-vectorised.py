"""Vectorised: sorting, np.add.reduceat over the groups, cumulative sums; flat units are dropped first and the case of no bend is on its own.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    start = phi @ np.where(theta1 < 0, theta1, 0.0)
    used = np.flatnonzero(theta1 * phi)
    if used.size == 0:
        return np.zeros(0), np.array([start])
    where = np.divide(-theta0[used], theta1[used])
    order = np.argsort(where, kind="mergesort")
    where, change = where[order], np.abs(theta1[used])[order] * phi[used][order]
    first = np.concatenate([[0], 1 + np.flatnonzero(np.diff(where) >= 1e-9)])
    change = np.add.reduceat(change, first)
    keep = np.abs(change) > 1e-9
    return where[first][keep], start + np.append(0.0, change[keep]).cumsum()
