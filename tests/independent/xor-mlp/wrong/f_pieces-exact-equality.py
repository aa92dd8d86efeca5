"""np.unique merges joints that are equal to the last bit only: -0.3/3 and -0.1/1 differ by 1e-17 and make two joints.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    bends = theta1 != 0
    where, group = np.unique(-theta0[bends] / theta1[bends], return_inverse=True)
    change = np.zeros(len(where))
    np.add.at(change, group, (phi * np.abs(theta1))[bends])
    keep = np.abs(change) > 1e-9
    slopes = np.sum(phi[theta1 < 0] * theta1[theta1 < 0]) + np.append(0, np.cumsum(change[keep]))
    return where[keep], slopes
