"""The joints have the wrong sign: θ0 + θ1·x is zero at −θ0/θ1.

fails: regions
says: minus sign
"""


# %% regions
def linear_pieces(theta0, theta1, phi):
    slopes = [float(np.sum(phi * np.minimum(theta1, 0)))]
    joints = []
    bending = np.flatnonzero(theta1)
    places = theta0[bending] / theta1[bending]
    changes = phi[bending] * np.abs(theta1[bending])
    while len(places):
        here = places - places.min() < 1e-9
        change = changes[here].sum()
        if abs(change) > 1e-9:
            joints.append(places.min())
            slopes.append(slopes[-1] + change)
        places, changes = places[~here], changes[~here]
    return np.array(joints), np.array(slopes)
