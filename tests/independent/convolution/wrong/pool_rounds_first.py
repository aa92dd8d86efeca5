"""rounds before argmax

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    (kh, kw), (sh, sw) = size, stride
    N, C, H, W = x.shape
    y = np.zeros((N, C, (H - kh) // sh + 1, (W - kw) // sw + 1))
    for i, j in np.ndindex(y.shape[2:]):
        window = x[:, :, sh * i : sh * i + kh, sw * j : sw * j + kw]
        y[:, :, i, j] = window.max(axis=(2, 3)) if kind == "max" else window.mean(axis=(2, 3))
    return y


def pool2d_backward(dy, x, size, stride, kind):
    (kh, kw), (sh, sw) = size, stride
    N, C, _, _ = x.shape
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        rows, columns = slice(sh * i, sh * i + kh), slice(sw * j, sw * j + kw)
        share = 1 / (kh * kw)
        if kind == "max":
            winner = x[:, :, rows, columns].reshape(N, C, kh * kw).round(12).argmax(axis=2)
            share = np.eye(kh * kw)[winner].reshape(N, C, kh, kw)
        dx[:, :, rows, columns] += dy[:, :, i, j, None, None] * share
    return dx
