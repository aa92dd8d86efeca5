"""finds the bends on a fine grid from -20 to 20: joints farther out are missed

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    use = (theta1 != 0) & (phi != 0)
    candidates = np.sort(-theta0[use] / theta1[use])
    candidates = candidates[np.abs(candidates) < 20]
    places = [x for i, x in enumerate(candidates) if i == 0 or x - candidates[i - 1] >= 1e-9]
    edges = [-21.0, *places, 21.0]

    def slope_at(x):
        return float(np.sum((phi * theta1)[theta0 + theta1 * x > 0]))

    slopes = [slope_at((a + b) / 2) for a, b in zip(edges[:-1], edges[1:])]
    joints, kept = [], [slopes[0]]
    for x, s in zip(places, slopes[1:]):
        if abs(s - kept[-1]) > 1e-9:
            joints.append(x)
            kept.append(s)
    return np.array(joints), np.array(kept)
