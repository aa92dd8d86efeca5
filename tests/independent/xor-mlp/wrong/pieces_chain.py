"""compares with the last one that was kept, lost joints not among them

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    use = (theta1 != 0) & (phi != 0)
    x, c = -theta0[use] / theta1[use], (phi * np.abs(theta1))[use]
    order = np.argsort(x)
    joints, slopes = [], [np.sum((phi * theta1)[theta1 < 0])]
    for place, change in zip(x[order], c[order]):
        if joints and place - joints[-1] < 1e-9:
            slopes[-1] += change
        else:
            joints.append(place)
            slopes.append(slopes[-1] + change)
    for i in reversed(range(len(joints) - 1)):
        if abs(slopes[i + 1] - slopes[i]) < 1e-9:
            del joints[i], slopes[i + 1]
    return np.array(joints), np.array(slopes)
