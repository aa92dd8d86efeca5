"""The gaps are not divided by the largest |f(x)|.

fails: shift
says: it is not divided by the largest |f(x)|
"""


# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    moved, still = f(np.roll(x, shift, axis=(2, 3))), f(x)
    along = np.roll(still, (shift[0] // stride[0], shift[1] // stride[1]), axis=(2, 3))
    return np.max(np.abs(moved - along)), np.max(np.abs(moved - still))
