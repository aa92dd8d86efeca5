"""np.correlate for the ends, a Fourier transform for the circle, and the matrix from unit vectors

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector."""
    if boundary in ("valid", "same"):
        return np.correlate(x, w, mode=boundary)
    return np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(w, len(x)).conj(), n=len(x))


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary) for every x of length n."""
    columns = (correlate1d(unit, w, boundary) for unit in np.identity(n))
    return np.column_stack(list(columns))
