"""Lists and tuples where arrays are usual; numbers typed in."""

# %% best-line
best_line = {"w": (-1, -1), "b": 1.5}


# %% readout
readout = {"v": (-3, -7.5), "c": 0.25}


# %% xor-weights
steepness = [1 / (corners["high_1"] - corners["low_1"]), 1 / (corners["high_2"] - corners["low_2"])]
start = steepness[0] * corners["low_1"] + steepness[1] * corners["low_2"]
my_xor = {
    "W1": [[steepness[0], steepness[0]], [steepness[1], steepness[1]]],
    "b1": (-start, -start - 1),
    "W2": (1, -2),
    "b2": 0,
}


# %% regions
def linear_pieces(theta0, theta1, phi):
    units = [(-a / b, f * abs(b)) for a, b, f in zip(theta0, theta1, phi, strict=True) if b]
    merged = []
    for x, change in sorted(units):
        if merged and x - merged[-1][0] < 1e-9:
            merged[-1] = (merged[-1][0], merged[-1][1] + change)
        else:
            merged.append((x, change))
    merged = [(x, change) for x, change in merged if abs(change) > 1e-9]
    slopes = [sum(f * b for b, f in zip(theta1, phi, strict=True) if b < 0)]
    for _, change in merged:
        slopes.append(slopes[-1] + change)
    return [x for x, _ in merged], slopes


# %% own-certificate
from itertools import product

shares = [n / d for d in range(2, 8) for n in range(1, d)]
plus, minus = np.flatnonzero(labels == 1), np.flatnonzero(labels == -1)
for s, t in product(shares, shares):
    here = s * points[plus[0]] + (1 - s) * points[plus[1]]
    there = t * points[minus[0]] + (1 - t) * points[minus[1]]
    if np.allclose(here, there):
        my_certificate = [0, 0, 0, 0]
        my_certificate[plus[0]], my_certificate[plus[1]] = s / 2, (1 - s) / 2
        my_certificate[minus[0]], my_certificate[minus[1]] = t / 2, (1 - t) / 2
        break
