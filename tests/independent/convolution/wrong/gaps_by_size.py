"""the output moves by the share of its size, rounded

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    y = np.asarray(f(x))
    z = np.asarray(f(np.roll(x, shift, (-2, -1))))
    there = np.roll(y, [round(a * n / m) for a, n, m in zip(shift, y.shape[2:], x.shape[2:])], (-2, -1))
    scale = np.abs(y).max()
    return float(np.abs(z - there).max() / scale), float(np.abs(z - y).max() / scale)
