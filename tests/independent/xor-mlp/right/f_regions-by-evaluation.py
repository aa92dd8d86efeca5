"""The joints are grouped with a loop, the change at each group is summed over the units that bend inside it, and its joint is the mean of the group.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    places = sorted(-a / b for a, b, p in zip(theta0.tolist(), theta1.tolist(), phi.tolist()) if b and p)
    groups = []
    for x in places:
        if groups and x - groups[-1][-1] < 1e-9:
            groups[-1].append(x)
        else:
            groups.append([x])
    joints, slopes = [], [sum(p * b for b, p in zip(theta1, phi) if b < 0)]
    for group in groups:
        change = sum(
            p * abs(b) for a, b, p in zip(theta0, theta1, phi) if b and p and group[0] <= -a / b <= group[-1]
        )
        if abs(change) >= 1e-9:
            joints.append(sum(group) / len(group))
            slopes.append(slopes[-1] + change)
    return np.array(joints, dtype=float), np.array(slopes, dtype=float)
