"""trims zeros at the ends of the kernel

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    x, w, m = np.asarray(x), np.asarray(w), len(w)
    if boundary == "circular":
        return sum(w[i] * np.roll(x, -i) for i in range(m))
    if boundary == "same":
        x = np.concatenate([np.zeros(m // 2), x, np.zeros(m - 1 - m // 2)])
    return np.correlate(x, w, "valid")


def correlation_matrix(w, n, boundary):
    w = np.trim_zeros(np.asarray(w))
    m = len(w)
    if boundary == "valid":
        return sum(w[i] * np.eye(n - m + 1, n, i) for i in range(m))
    left = m // 2 if boundary == "same" else 0
    M = sum(w[i] * np.eye(n, k=i - left) for i in range(m))
    if boundary == "circular":
        M = M + sum(w[i] * np.eye(n, k=i - n) for i in range(1, m))
    return M
