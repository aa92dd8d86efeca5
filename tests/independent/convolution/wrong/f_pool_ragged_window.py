"""pool2d keeps a last window that sticks out, with the pixels that are there, where it should be left out: 5x5 with size and stride 2 gives 3x3

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    """Return the pooled images, (N, C, H', W')."""
    (N, C, H, W), (kh, kw), (sh, sw) = x.shape, size, stride
    reduce = {"max": np.max, "mean": np.mean}[kind]
    tops, lefts = range(0, max(H - kh, 0) + sh, sh), range(0, max(W - kw, 0) + sw, sw)
    return np.stack(
        [
            np.stack(
                [reduce(x[:, :, i : i + kh, j : j + kw], axis=(2, 3)) for j in lefts if j < W],
                axis=-1,
            )
            for i in tops
            if i < H
        ],
        axis=2,
    )



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
