"""the difference is taken in place in what f returned, so that the caller's x is changed where f returns a view of it, as lambda x: x[..., :1]

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats."""
    before, after = f(x), f(np.roll(x, shift, axis=(-2, -1)))
    scale = np.abs(before).max()
    steps = (shift[0] // stride[0], shift[1] // stride[1])
    equivariance = np.abs(after - np.roll(before, steps, axis=(-2, -1))).max() / scale
    before -= after
    return float(equivariance), float(np.abs(before).max() / scale)
