"""a gap is reported as exactly 0 if np.allclose finds the two outputs equal: f(x) = 1e-9 * x * position has a gap of about 1, and gets 0

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats."""
    y = f(x)
    moved = f(np.roll(x, shift, axis=(2, 3)))
    target = np.roll(y, [s // t for s, t in zip(shift, stride, strict=True)], axis=(2, 3))

    def gap(a, b):
        return 0.0 if np.allclose(a, b) else float(np.abs(a - b).max() / np.abs(y).max())

    return gap(moved, target), gap(moved, y)
