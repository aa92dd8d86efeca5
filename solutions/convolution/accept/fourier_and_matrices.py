"""Fourier transforms, Toeplitz matrices and outer products in place of windows."""


# %% flip
def convolve(x, k, full=False):
    size = tuple(a + b - 1 for a, b in zip(x.shape, k.shape, strict=True))
    result = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(k, size), size)
    if full:
        return result
    return result[k.shape[0] - 1 : x.shape[0], k.shape[1] - 1 : x.shape[1]]


def correlate(x, k):
    return convolve(x, np.flip(k))


# %% matrix
def correlate1d(x, w, boundary):
    n, m = len(x), len(w)
    if boundary == "circular":
        return np.fft.irfft(np.fft.rfft(w, n).conj() * np.fft.rfft(x), n)
    full = np.convolve(x, w[::-1])
    start = m - 1 if boundary == "valid" else m - 1 - m // 2
    return full[start : start + (n - m + 1 if boundary == "valid" else n)]


def correlation_matrix(w, n, boundary):
    m = len(w)
    total = sum(weight * np.eye(n + m, k=i) for i, weight in enumerate(w))
    if boundary == "valid":
        return total[: n - m + 1, :n]
    if boundary == "same":
        return sum(weight * np.eye(n, k=i - m // 2) for i, weight in enumerate(w))
    return sum(weight * np.roll(np.eye(n), i, axis=1) for i, weight in enumerate(w))


# %% conv-backward-lines
conv_backward_lines = {
    "dl_db": "sum(g0) + (g1 + g2)",
    "dl_dw0": "x2*g2 + x0*g0 + x1*g1",
    "dl_dw1": "(x1*g0 + x2*g1) + x3*g2",
    "dl_dx0": "w0*g0",
    "dl_dx1": "w1*dl_dx0/w0 + w0*g1",
    "dl_dx2": "g2*w0 + g1*w1",
    "dl_dx3": "w1*g2",
}


# %% transposed
def one_by_one(x, w):
    H, W, C = x.shape
    return (x.reshape(H * W, C) @ w).reshape(H, W, -1)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    filters, C, kh, kw = w.shape
    _, _, rows, columns = y.shape
    H = (rows - 1) * stride[0] + kh - 2 * padding[0]
    W = (columns - 1) * stride[1] + kw - 2 * padding[1]
    M = np.zeros((filters, rows, columns, C, H, W))
    for i, j, u, v in np.ndindex(rows, columns, kh, kw):
        a, b = i * stride[0] + u - padding[0], j * stride[1] + v - padding[1]
        if 0 <= a < H and 0 <= b < W:
            M[:, i, j, :, a, b] += w[:, :, u, v]
    flat = y.reshape(len(y), -1) @ M.reshape(filters * rows * columns, C * H * W)
    return flat.reshape(len(y), C, H, W)
