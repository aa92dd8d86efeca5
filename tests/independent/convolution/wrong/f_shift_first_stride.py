"""both shifts of the output are divided by the stride down: wrong for stride=(1, 2), as in the table

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats."""
    moved = f(np.roll(x, shift, axis=(2, 3)))
    still = f(x)
    along = np.roll(still, tuple(s // stride[0] for s in shift), axis=(2, 3))
    largest = np.max(np.abs(still))
    return float(np.max(np.abs(moved - along)) / largest), float(np.max(np.abs(moved - still)) / largest)
