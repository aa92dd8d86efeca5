"""a shift by more than the image is cut to the image, and the output moves by that

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    shift = [max(-n + 1, min(a, n - 1)) for a, n in zip(shift, x.shape[2:])]
    y = np.asarray(f(x))
    z = np.asarray(f(np.roll(x, shift, (-2, -1))))
    there = np.roll(y, [a // b for a, b in zip(shift, stride)], (-2, -1))
    scale = np.abs(y).max()
    return float(np.abs(z - there).max() / scale), float(np.abs(z - y).max() / scale)
