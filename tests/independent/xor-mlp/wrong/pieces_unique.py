"""np.unique of the joints, exact to the bit

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    use = (theta1 != 0) & (phi != 0)
    o, t, p = theta0[use], theta1[use], phi[use]
    joints, which = np.unique(-o / t, return_inverse=True)
    change = np.bincount(which.ravel(), p * np.abs(t), len(joints))
    keep = np.abs(change) > 1e-9
    start = np.sum((p * t)[t < 0])
    return joints[keep], np.concatenate([[start], start + np.cumsum(change[keep])])
