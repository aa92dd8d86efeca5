"""The kernel is flipped, as in np.convolve.

fails: matrix
says: do not flip the kernel
"""


# %% matrix
def correlate1d(x, w, boundary):
    n, m = len(x), len(w)
    if boundary == "circular":
        x = np.concatenate([x, x])[: n + m - 1]
    elif boundary == "same":
        x = np.pad(x, (m // 2, m - 1 - m // 2))
    return np.array([x[k : k + m] @ w[::-1] for k in range(len(x) - m + 1)])


def correlation_matrix(w, n, boundary):
    m = len(w)
    M = np.zeros((n - m + 1 if boundary == "valid" else n, n))
    offset = m // 2 if boundary == "same" else 0
    for row in range(len(M)):
        for i in range(m):
            column = row + i - offset
            if boundary == "circular":
                M[row, column % n] = w[m - 1 - i]
            elif 0 <= column < n:
                M[row, column] = w[m - 1 - i]
    return M
