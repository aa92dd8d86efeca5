"""'same' leans to the right for even kernels, as torch does, where the table has i - floor(m/2): wrong for m = 2, 4, 6

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector."""
    return correlation_matrix(w, len(x), boundary) @ x


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary)."""
    m = len(w)
    offset = (m - 1) // 2 if boundary == "same" else 0
    M = np.zeros((n - m + 1 if boundary == "valid" else n, n))
    for k in range(M.shape[0]):
        for i in range(m):
            column = k + i - offset
            if boundary == "circular":
                M[k, column % n] = w[i]
            elif 0 <= column < n:
                M[k, column] = w[i]
    return M
