"""correlation_matrix shifts 'same' by one diagonal, whatever the kernel: wrong for m = 1 and m >= 4

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


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary)."""
    if boundary == "valid":
        return sum(w[i] * np.eye(n - len(w) + 1, n, k=i) for i in range(len(w)))
    if boundary == "same":
        return sum(w[i] * np.eye(n, k=i - 1) for i in range(len(w)))
    return sum(w[i] * np.roll(np.eye(n), i, axis=1) for i in range(len(w)))
