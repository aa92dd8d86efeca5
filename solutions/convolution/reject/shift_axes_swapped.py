"""The image is moved down by the shift to the right, and the other way round.

fails: shift
says: down and right are swapped
"""


# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    moved, still = f(np.roll(x, shift, axis=(3, 2))), f(x)
    along = np.roll(still, (shift[0] // stride[0], shift[1] // stride[1]), axis=(3, 2))
    scale = np.max(np.abs(still))
    return np.max(np.abs(moved - along)) / scale, np.max(np.abs(moved - still)) / scale
