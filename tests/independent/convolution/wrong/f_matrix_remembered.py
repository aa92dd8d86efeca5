"""correlation_matrix remembers its result by n, m and boundary, so that a second kernel of the same length gets the matrix of the first

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    n, m = len(x), len(w)
    if boundary == "valid":
        z = x
    elif boundary == "same":
        z = np.concatenate([np.zeros(m // 2), x, np.zeros((m - 1) // 2)])
    else:
        z = np.concatenate([x, x[: m - 1]])
    return np.array([z[k : k + m] @ w for k in range(len(z) - m + 1)])


known = {}


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary)."""
    key = (len(w), n, boundary)
    if key not in known:
        known[key] = np.stack([correlate1d(e, w, boundary) for e in np.eye(n)], axis=1)
    return known[key]
