"""The output is moved by as many pixels as the input; with a stride it moves by fewer.

fails: shift
says: the output moves by shift / stride
tells: The output is moved by as many pixels as the input; with a stride it moves by fewer.
"""


# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    moved, still = f(np.roll(x, shift, axis=(2, 3))), f(x)
    along = np.roll(still, shift, axis=(2, 3))
    scale = np.max(np.abs(still))
    return np.max(np.abs(moved - along)) / scale, np.max(np.abs(moved - still)) / scale
