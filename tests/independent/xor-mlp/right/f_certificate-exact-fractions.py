"""Exact rational arithmetic: the null vector by cofactors of fractions, so that no tolerance is needed; lines of proof in another form and my_certificate by crossing segments.

task: certificate
"""

# %% certificate-lines
certificate_lines = {
    "class_one": "(0*w1 + 1*w2 + b) + (1*w1 + 0*w2 + b)",
    "class_zero": " 2 * ( b + (w1+w2)/2 ) ",
}

# %% own-certificate
_a, _b = points[labels > 0]
_c, _d = points[labels < 0]
_t, _s = np.linalg.solve(np.column_stack([_b - _a, _c - _d]), _c - _a)
my_certificate = np.zeros(4)
my_certificate[labels > 0] = np.array([1 - _t, _t]) / 2
my_certificate[labels < 0] = np.array([1 - _s, _s]) / 2

# %% certificate
def certificate(X, y):
    from fractions import Fraction

    P = [[Fraction(float(value)) for value in row] for row in np.asarray(X)]

    def area(i, j, k):
        (x1, y1), (x2, y2), (x3, y3) = P[i], P[j], P[k]
        return (x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)

    # The affine dependency of four points in the plane.
    dependency = [area(1, 2, 3), -area(0, 2, 3), area(0, 1, 3), -area(0, 1, 2)]
    signed = [d * (1 if label > 0 else -1) for d, label in zip(dependency, y)]
    if min(signed) < 0 < max(signed):
        return None
    total = sum(signed)
    return np.array([float(s / total) for s in signed])
