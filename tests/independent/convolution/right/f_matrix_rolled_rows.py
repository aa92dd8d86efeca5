"""rolled rows, the wrapped corners cut off by triu and tril; the signal is multiplied with the matrix

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector."""
    return np.einsum("kn,n->k", correlation_matrix(w, x.size, boundary), x)


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary) for every x of length n."""
    m = w.size
    first = np.concatenate((w, np.zeros(n - m)))
    rows = np.stack([np.roll(first, k) for k in range(n)])
    match boundary:
        case "circular":
            return rows
        case "valid":
            return rows[: n - m + 1]
        case "same":
            lean = m // 2
            rows = np.roll(rows, -lean, axis=1)
            return np.tril(np.triu(rows, -lean), m - 1 - lean)
    raise ValueError(boundary)
