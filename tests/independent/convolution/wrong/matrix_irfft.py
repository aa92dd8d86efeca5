"""irfft without n: an odd length loses one

task: matrix
"""

# %% matrix
def correlate1d(x, w, boundary):
    n = len(x)
    if boundary == "circular":
        y = np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(w, n).conj())
        return y if len(y) == n else np.append(y, x[-1] * w[0] + np.dot(w[1:], x[: len(w) - 1]))
    return correlation_matrix(w, n, boundary) @ x


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
