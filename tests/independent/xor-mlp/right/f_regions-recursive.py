"""Divide and conquer: the pieces of the two halves of the units are merged like sorted lists, with a small event class.

task: regions
"""

# %% regions
def linear_pieces(theta0, theta1, phi):
    def events(indices):
        if len(indices) == 1:
            (d,) = indices
            return [(float(-theta0[d] / theta1[d]), float(phi[d] * abs(theta1[d])))] if theta1[d] != 0 else []
        half = len(indices) // 2
        left, right = events(indices[:half]), events(indices[half:])
        merged = []
        while left or right:
            take = left if not right or (left and left[0][0] <= right[0][0]) else right
            merged.append(take.pop(0))
        return merged

    joints, slopes, waiting = [], [float(np.sum((phi * theta1)[theta1 < 0]))], None
    for x, change in [*events(list(range(len(phi)))), (np.inf, 0.0)]:
        if waiting is not None and x - waiting[0] < 1e-9:
            waiting = (waiting[0], waiting[1] + change)
            continue
        if waiting is not None and abs(waiting[1]) > 1e-9:
            joints.append(waiting[0])
            slopes.append(slopes[-1] + waiting[1])
        waiting = (x, change)
    return torch.tensor(joints, dtype=torch.float64), torch.tensor(slopes, dtype=torch.float64)
