"""Joints are merged by rounding to nine decimals: two that are 2e-11 apart but on different sides of a rounding edge stay two.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    changes = {}
    for t0, t1, p in zip(theta0, theta1, phi):
        if t1 != 0:
            x = round(float(-t0 / t1), 9)
            changes[x] = changes.get(x, 0.0) + p * abs(t1)
    slope = sum(p * t1 for t1, p in zip(theta1, phi) if t1 < 0)
    joints, slopes = [], [slope]
    for x in sorted(changes):
        if abs(changes[x]) > 1e-9:
            slope = slope + changes[x]
            joints.append(x)
            slopes.append(slope)
    return np.array(joints), np.array(slopes)
