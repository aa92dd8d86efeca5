"""The leftmost slope is taken as 0: units with θ1 < 0 are on there.

fails: regions
says: far left
"""


# %% regions
def linear_pieces(theta0, theta1, phi):
    slopes = [0.0]
    joints = []
    bending = np.flatnonzero(theta1)
    places = -theta0[bending] / theta1[bending]
    changes = phi[bending] * np.abs(theta1[bending])
    while len(places):
        here = places - places.min() < 1e-9
        change = changes[here].sum()
        if abs(change) > 1e-9:
            joints.append(places.min())
            slopes.append(slopes[-1] + change)
        places, changes = places[~here], changes[~here]
    return np.array(joints), np.array(slopes)
