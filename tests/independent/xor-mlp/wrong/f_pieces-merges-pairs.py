"""Equal neighbours are merged in pairs: three units that bend at the same place still make two joints.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    units = sorted((-t0 / t1, p * abs(t1)) for t0, t1, p in zip(theta0, theta1, phi) if t1)
    joints, slopes = [], [sum(p * t1 for t1, p in zip(theta1, phi) if t1 < 0)]
    i = 0
    while i < len(units):
        x, change = units[i]
        if i + 1 < len(units) and units[i + 1][0] - x < 1e-9:
            change += units[i + 1][1]
            i += 1
        i += 1
        if abs(change) > 1e-9:
            joints.append(x)
            slopes.append(slopes[-1] + change)
    return np.array(joints), np.array(slopes, dtype=float)
