"""slopes from who is on, in the middle of each piece

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    bends = (theta1 != 0) & (phi != 0)
    places = np.sort(-theta0[bends] / theta1[bends])
    groups = []
    for place in places:
        if not groups or place - groups[-1] > 1e-9:
            groups.append(place)
    joints, slopes = [], [float((phi * theta1)[theta1 < 0].sum())]
    for place in groups:
        near = bends & (np.abs(np.where(bends, -theta0 / np.where(bends, theta1, 1.0), np.inf) - place) <= 1e-9)
        change = float(np.sum(phi[near] * np.abs(theta1[near])))
        if abs(change) > 1e-9:
            joints.append(place)
            slopes.append(slopes[-1] + change)
    return torch.tensor(joints, dtype=torch.float64), torch.tensor(slopes, dtype=torch.float64)
