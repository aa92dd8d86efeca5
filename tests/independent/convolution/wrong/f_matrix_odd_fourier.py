"""the circular result comes back from its half spectrum with an odd length: for even n it has n + 1 entries, all wrong

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector."""
    n, m = len(x), len(w)
    if boundary == "circular":
        spectrum = np.fft.rfft(w, n).conj() * np.fft.rfft(x)
        return np.fft.irfft(spectrum, 2 * len(spectrum) - 1)
    if boundary == "same":
        x = np.pad(x, (m // 2, (m - 1) // 2))
    return np.lib.stride_tricks.sliding_window_view(x, m) @ w



def correlation_matrix(w, n, boundary):
    m = len(w)
    M = np.zeros((n - m + 1 if boundary == "valid" else n, n))
    for k in range(len(M)):
        for i in range(m):
            column = k + i - (m // 2 if boundary == "same" else 0)
            if boundary == "circular":
                column %= n
            if 0 <= column < n:
                M[k, column] += w[i]
    return M
