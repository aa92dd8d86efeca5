"""By cases: a point in a triangle by barycentric coordinates, or two crossing segments by orientations and ratios of areas.

task: certificate
"""

# %% certificate
def certificate(X, y):
    def turn(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    X = np.array(X, dtype=float)
    X = (X - X.mean(axis=0)) / np.abs(X - X.mean(axis=0)).max()
    plus = [n for n in range(4) if y[n] == 1]
    minus = [n for n in range(4) if y[n] != 1]
    few, many = sorted([plus, minus], key=len)
    result = np.zeros(4)
    if len(few) == 1:
        i, j, k = many
        p = X[few[0]]
        weights = np.array([turn(X[j], X[k], p), turn(X[k], X[i], p), turn(X[i], X[j], p)])
        weights = weights / turn(X[i], X[j], X[k])
        if (weights < 0).any():
            return None
        result[many], result[few] = weights / 2, 0.5
        return result
    (a, b), (c, d) = plus, minus
    ta, tb = turn(X[c], X[d], X[a]), turn(X[c], X[d], X[b])
    tc, td = turn(X[a], X[b], X[c]), turn(X[a], X[b], X[d])
    if ta * tb > 0 or tc * td > 0:
        return None
    result[a], result[b] = tb / (tb - ta) / 2, ta / (ta - tb) / 2
    result[c], result[d] = td / (td - tc) / 2, tc / (tc - td) / 2
    return result
