"""Every unit is given a joint and every joint a piece: units that bend at one place are not put together.

fails: regions
says: joints
"""


# %% regions
def linear_pieces(theta0, theta1, phi):
    bending = np.flatnonzero(theta1)
    places = -theta0[bending] / theta1[bending]
    changes = (phi[bending] * np.abs(theta1[bending]))[np.argsort(places)]
    left = np.sum(phi * np.minimum(theta1, 0))
    return np.sort(places), left + np.concatenate([[0.0], np.cumsum(changes)])
