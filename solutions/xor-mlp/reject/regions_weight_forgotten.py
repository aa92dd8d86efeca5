"""The output weights φ are left out of the slopes.

fails: regions
says: slopes
"""


# %% regions
def linear_pieces(theta0, theta1, phi):
    slopes = [float(np.sum(np.minimum(theta1, 0)))]
    joints = []
    bending = np.flatnonzero(theta1)
    places = -theta0[bending] / theta1[bending]
    changes = np.abs(theta1[bending])
    while len(places):
        here = places - places.min() < 1e-9
        change = changes[here].sum()
        if abs(change) > 1e-9:
            joints.append(places.min())
            slopes.append(slopes[-1] + change)
        places, changes = places[~here], changes[~here]
    return np.array(joints), np.array(slopes)
