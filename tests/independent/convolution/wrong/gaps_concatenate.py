"""rolls with slices from minus the shift: wrong for moves to the left and none

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    def moved(a, down, right):
        a = np.concatenate([a[:, :, -down:], a[:, :, :-down]], axis=2) if down else a
        return np.concatenate([a[..., -right:], a[..., :-right]], axis=3) if right > 0 else a
    y, z = np.asarray(f(x)), np.asarray(f(moved(x, *shift)))
    there = moved(y, shift[0] // stride[0], shift[1] // stride[1])
    return np.abs(z - there).max() / np.abs(y).max(), np.abs(z - y).max() / np.abs(y).max()
