"""my_powers['peak'] is the largest entry of any power instead of the largest norm, about a percent too small.

task: clipping
"""

# %% own-powers
my_powers = {"peak": None, "below": None}
power, peak, below = np.eye(2), 0.0, 1
for k in range(1, 200):
    power = power @ my_matrix
    peak = max(peak, np.abs(power).max())
    if np.linalg.norm(power, 2) >= 1:
        below = k + 1
my_powers = {"peak": peak, "below": below}
