"""Joints are compared with np.isclose, whose relative tolerance makes one of 1000 and 1000.005, far more than 1e-9 apart.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    bends = theta1 != 0
    where = -theta0[bends] / theta1[bends]
    change = (phi * np.abs(theta1))[bends]
    order = np.argsort(where)
    groups = []
    for x, c in zip(where[order], change[order]):
        if groups and np.isclose(x, groups[-1][0]):
            groups[-1][1] += c
        else:
            groups.append([x, c])
    kept = [(x, c) for x, c in groups if abs(c) > 1e-9]
    start = np.sum(phi * np.minimum(theta1, 0))
    return (
        np.array([x for x, _ in kept]),
        start + np.cumsum([0.0] + [c for _, c in kept]),
    )
