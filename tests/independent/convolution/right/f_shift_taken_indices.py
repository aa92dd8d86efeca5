"""the shift by taken indices modulo the size, f called once for each picture set, sums kept apart for both gaps

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats."""

    def move(a, down, right):
        rows = (np.arange(a.shape[2]) - down) % a.shape[2]
        columns = (np.arange(a.shape[3]) - right) % a.shape[3]
        return a[:, :, rows][:, :, :, columns]

    still = np.array(f(x), dtype=float)
    moved = np.array(f(move(x, *shift)), dtype=float)
    steps = []
    for pixels, step in zip(shift, stride, strict=True):
        quotient, rest = divmod(pixels, step)
        assert rest == 0
        steps.append(quotient)
    distance = lambda a, b: float(np.linalg.norm(np.ravel(a - b), ord=np.inf))  # noqa: E731
    size = distance(still, np.zeros_like(still))
    return distance(moved, move(still, *steps)) / size, distance(moved, still) / size
