"""without joints the slope is zero

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    slope = sum(p * t for p, t in zip(phi, theta1) if t < 0)
    units = sorted((-o / t, p * abs(t)) for o, t, p in zip(theta0, theta1, phi) if t != 0 and p != 0)
    joints, slopes, i = [], [slope], 0
    while i < len(units):
        j, change = i, 0.0
        while j < len(units) and units[j][0] - units[i][0] < 1e-9:
            change, j = change + units[j][1], j + 1
        if abs(change) > 1e-9:
            joints.append(units[i][0])
            slopes.append(slopes[-1] + change)
        i = j
    if not joints:
        return np.zeros(0), np.zeros(1)
    return np.array(joints), np.array(slopes, dtype=float)
