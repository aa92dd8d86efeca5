"""a Toeplitz matrix by one lookup of its diagonals, and a sum over a dictionary of signals, scalar by scalar

task: matrix
"""

# %% matrix
def toeplitz(column, row):
    """The matrix with this first column and this first row, constant along its diagonals."""
    values = np.concatenate([np.asarray(column)[::-1], np.asarray(row)[1:]])
    k, j = np.ogrid[: len(column), : len(row)]
    return values[len(column) - 1 - k + j]


def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector."""
    n, m = len(x), len(w)
    pixels = {k: float(v) for k, v in enumerate(x)}
    start = -(m // 2) if boundary == "same" else 0
    places = range(n - m + 1) if boundary == "valid" else range(n)
    if boundary == "circular":
        pixels.update({k + n: v for k, v in list(pixels.items())})
    return [sum(float(w[i]) * pixels.get(start + k + i, 0.0) for i in range(m)) for k in places]


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary) for every x of length n."""
    m, w = len(w), np.asarray(w)
    if boundary == "valid":
        return toeplitz(np.r_[w[0], np.zeros(n - m)], np.r_[w, np.zeros(n - m)])
    if boundary == "same":
        lean = m // 2
        return toeplitz(np.r_[w[lean::-1], np.zeros(n)][:n], np.r_[w[lean:], np.zeros(n)][:n])
    row = np.r_[w, np.zeros(n - m)]
    return toeplitz(np.r_[row[0], row[:0:-1]], row)
