"""The units are taken in their own order, not from left to right.

fails: regions
says: joints
"""


# %% regions
def linear_pieces(theta0, theta1, phi):
    slopes = [float(np.sum(phi * np.minimum(theta1, 0)))]
    joints = []
    for a, b, f in zip(theta0, theta1, phi, strict=True):
        if b != 0 and f != 0:
            joints.append(-a / b)
            slopes.append(slopes[-1] + f * abs(b))
    return np.array(joints), np.array(slopes)
