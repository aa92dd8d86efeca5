"""The matrix is transposed: its rows belong to the outputs.

fails: matrix
says: transpose
"""


# %% matrix
def correlate1d(x, w, boundary):
    n, m = len(x), len(w)
    if boundary == "circular":
        x = np.concatenate([x, x])[: n + m - 1]
    elif boundary == "same":
        x = np.pad(x, (m // 2, m - 1 - m // 2))
    return np.array([x[k : k + m] @ w for k in range(len(x) - m + 1)])


def correlation_matrix(w, n, boundary):
    m = len(w)
    M = np.zeros((n - m + 1 if boundary == "valid" else n, n))
    offset = m // 2 if boundary == "same" else 0
    for row in range(len(M)):
        for i in range(m):
            column = row + i - offset
            if boundary == "circular":
                M[row, column % n] = w[i]
            elif 0 <= column < n:
                M[row, column] = w[i]
    return M.T
