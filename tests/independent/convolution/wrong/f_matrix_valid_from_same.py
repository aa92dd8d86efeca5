"""'valid' is cut out of 'same' by m//2 on both sides, which is one entry too short for even kernels, in both functions

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector."""
    n, m = len(x), len(w)
    half = m // 2
    if boundary == "circular":
        return np.array([sum(w[i] * x[(k + i) % n] for i in range(m)) for k in range(n)])
    padded = np.pad(x, (half, m))
    same = np.array([w @ padded[k : k + m] for k in range(n)])
    return same if boundary == "same" else same[half : n - half]


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary)."""
    return np.array([correlate1d(e, w, boundary) for e in np.eye(n)]).T
