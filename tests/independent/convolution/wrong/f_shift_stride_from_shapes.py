"""the stride is guessed from the sizes of input and output in place of the argument: wrong where a map of stride 1 has a smaller output, as a valid 3x3 convolution

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats."""
    y, z = f(x), f(np.roll(x, shift, (-2, -1)))
    by = [s * after // before for s, after, before in zip(shift, y.shape[2:], x.shape[2:], strict=True)]
    scale = np.abs(y).max()
    return tuple(float(np.abs(z - other).max() / scale) for other in (np.roll(y, by, (-2, -1)), y))
