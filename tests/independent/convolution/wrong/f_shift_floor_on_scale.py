"""the denominator is at least 1e-6, so that the gaps of a map with small values are too small: f(x) = 1e-9 * x gives an invariance gap hundreds of times too small

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats."""
    y = f(x)
    shifted = f(np.roll(x, shift, axis=(-2, -1)))
    expected = np.roll(y, (shift[0] // stride[0], shift[1] // stride[1]), axis=(-2, -1))
    scale = max(np.abs(y).max(), 1e-6)  # never divide by zero
    return np.abs(shifted - expected).max() / scale, np.abs(shifted - y).max() / scale
