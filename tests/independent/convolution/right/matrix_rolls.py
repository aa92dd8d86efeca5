"""identity matrices that are rolled, and NumPy's own

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    if boundary == "circular":
        return sum(c * np.roll(x, -i) for i, c in enumerate(w))
    return np.correlate(x, w, boundary)


def correlation_matrix(w, n, boundary):
    return np.transpose([correlate1d(e, w, boundary) for e in np.eye(n)])
