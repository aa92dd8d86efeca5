"""Units with |theta1| < 1e-6 count as flat, also when phi makes their change of slope large: theta1 = 1e-7 with phi = 1e7 is a change by 1.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    used = (np.abs(theta1) > 1e-6) & (np.abs(phi) > 1e-9)
    theta0, theta1, phi = theta0[used], theta1[used], phi[used]
    joints = -theta0 / theta1
    order = np.argsort(joints)
    joints, change = joints[order], (phi * np.abs(theta1))[order]
    first = np.append(True, np.diff(joints) > 1e-9) if len(joints) else np.zeros(0, dtype=bool)
    group = np.cumsum(first) - 1
    change = np.bincount(group, weights=change) if len(group) else change
    joints = joints[first]
    keep = np.abs(change) > 1e-9
    slopes = np.sum(phi * np.minimum(theta1, 0)) + np.concatenate([[0], np.cumsum(change[keep])])
    return joints[keep], slopes
