"""Slopes are measured between the joints, and beyond x = ±1000 "the ends of the line" nothing is looked for: a joint at 5000 is missing.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    def y(x):
        return float(np.maximum(theta0 + theta1 * x, 0) @ phi)

    with np.errstate(all="ignore"):
        where = np.sort(-theta0 / theta1)
    where = where[np.isfinite(where) & (np.abs(where) < 1000)]
    places = []
    for x in where:
        if not places or x - places[-1] >= 1e-9:
            places.append(float(x))
    ends = [-1000.0, *places, 1000.0]
    found = []
    for left, right in zip(ends[:-1], ends[1:]):
        middle = (left + right) / 2
        found.append(float(np.sum(phi * theta1 * (theta0 + theta1 * middle > 0))))
    joints, slopes = [], found[:1]
    for x, slope in zip(places, found[1:]):
        if abs(slope - slopes[-1]) > 1e-9:
            joints.append(x)
            slopes.append(slope)
    return np.array(joints), np.array(slopes)
