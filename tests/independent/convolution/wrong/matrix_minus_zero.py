"""cuts the full result with a slice that ends at minus zero for short kernels

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    m, n = len(w), len(x)
    if boundary == "valid":
        return np.correlate(x, w, "valid")
    if boundary == "same":
        full = np.correlate(x, w, "full")
        return full[m - 1 - m // 2 : -(m // 2)] if m > 2 else full[-n:] if m == 1 else full[1:]
    return np.array([sum(w[i] * x[(k + i) % n] for i in range(m)) for k in range(n)])


def correlation_matrix(w, n, boundary):
    m = len(w)
    if boundary == "valid":
        return np.array([np.concatenate([np.zeros(k), w, np.zeros(n - m - k)]) for k in range(n - m + 1)])
    M = np.zeros((n, n))
    left = m // 2 if boundary == "same" else 0
    for k in range(n):
        for i in range(m):
            c = k + i - left
            if boundary == "circular":
                M[k, c % n] += w[i]
            elif 0 <= c < n:
                M[k, c] += w[i]
    return M
