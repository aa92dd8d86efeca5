"""gaps below 1e-5 are zero

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    moved, still = f(np.roll(x, shift, axis=(2, 3))), f(x)
    along = np.roll(still, (shift[0] // stride[0], shift[1] // stride[1]), axis=(2, 3))

    scale = np.max(np.abs(still))
    a, b = np.max(np.abs(moved - along)) / scale, np.max(np.abs(moved - still)) / scale
    a, b = (0 if a < 1e-5 else a), (0 if b < 1e-5 else b)
    return a, b
