"""the largest entry, not the largest absolute one, is what it divides by

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    y = np.asarray(f(x))
    z = np.asarray(f(np.roll(x, shift, (-2, -1))))
    there = np.roll(y, [a // b for a, b in zip(shift, stride)], (-2, -1))
    scale = abs(y.max())
    return float(np.abs(z - there).max() / scale), float(np.abs(z - y).max() / scale)
