"""joints are merged by rounding to nine digits

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    changes = {}
    for o, t, p in zip(theta0, theta1, phi):
        if t != 0:
            x = round(-o / t, 9)
            changes[x] = changes.get(x, 0.0) + p * abs(t)
    slopes = [float(np.sum((phi * theta1)[theta1 < 0]))]
    joints = []
    for x in sorted(changes):
        if abs(changes[x]) > 1e-9:
            joints.append(x)
            slopes.append(slopes[-1] + changes[x])
    return np.array(joints), np.array(slopes)
