"""The two gaps are swapped: the equivariance gap comes first.

fails: shift
says: the two gaps are swapped
"""


# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    moved, still = f(np.roll(x, shift, axis=(2, 3))), f(x)
    along = np.roll(still, (shift[0] // stride[0], shift[1] // stride[1]), axis=(2, 3))
    scale = np.max(np.abs(still))
    return np.max(np.abs(moved - still)) / scale, np.max(np.abs(moved - along)) / scale
