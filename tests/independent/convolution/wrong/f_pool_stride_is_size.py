"""pool2d ignores the stride and takes the size of the window in its place: wrong for overlapping windows, size (2, 2) with stride (1, 1)

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    """Return the pooled images, (N, C, H', W')."""
    (N, C, H, W), (kh, kw) = x.shape, size
    rows, columns = (H - kh) // kh + 1, (W - kw) // kw + 1
    tiles = x[:, :, : rows * kh, : columns * kw].reshape(N, C, rows, kh, columns, kw)
    return tiles.max(axis=(3, 5)) if kind == "max" else tiles.mean(axis=(3, 5))



def pool2d_backward(dy, x, size, stride, kind):
    (kh, kw), (sh, sw) = size, stride
    N, C = x.shape[:2]
    dx = np.zeros(x.shape)
    n, c = np.arange(N)[:, None], np.arange(C)
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            rows, columns = slice(sh * i, sh * i + kh), slice(sw * j, sw * j + kw)
            g = dy[:, :, i, j]
            if kind == "mean":
                dx[:, :, rows, columns] += g[:, :, None, None] / (kh * kw)
            else:
                first = x[:, :, rows, columns].reshape(N, C, -1).argmax(axis=2)
                dx[n, c, sh * i + first // kw, sw * j + first % kw] += g
    return dx
