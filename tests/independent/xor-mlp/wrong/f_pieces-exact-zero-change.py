"""A joint is dropped only if its change is exactly zero: 0.1 + 0.2 - 0.3 leaves 5e-17 and a joint that is none.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    units = sorted((-t0 / t1, p * abs(t1)) for t0, t1, p in zip(theta0, theta1, phi) if t1 != 0)
    merged = []
    for x, c in units:
        if merged and x - merged[-1][0] < 1e-9:
            merged[-1] = (merged[-1][0], merged[-1][1] + c)
        else:
            merged.append((x, c))
    slopes = [float(np.sum(phi * np.where(theta1 < 0, theta1, 0)))]
    joints = []
    for x, c in merged:
        if c != 0:
            joints.append(x)
            slopes.append(slopes[-1] + c)
    return np.array(joints), np.array(slopes)
