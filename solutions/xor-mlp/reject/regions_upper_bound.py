"""It returns D joints and D + 1 slopes whatever the weights are, the most that there can be.

fails: regions
says: joints
tells: The joints are not computed from the weights.
"""


# %% regions
def linear_pieces(theta0, theta1, phi):
    return np.arange(float(len(phi))), np.zeros(len(phi) + 1)
