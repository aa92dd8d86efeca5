"""whether windows overlap is decided by comparing the pairs stride >= size, which looks at the first entries only: for size (2, 3) and stride (3, 1) overlapping gradients overwrite each other

task: pooling
"""

# %% pooling
def pool2d(x, size, stride, kind):
    (kh, kw), (sh, sw) = size, stride
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    return windows.max(axis=(4, 5)) if kind == "max" else windows.mean(axis=(4, 5))


def pool2d_backward(dy, x, size, stride, kind):
    """Return the gradient with respect to x, of the shape of x."""
    (kh, kw), (sh, sw) = size, stride
    N, C, H, W = x.shape
    dx = np.zeros((N, C, H, W))
    apart = tuple(stride) >= tuple(size)  # no two windows share a pixel
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            place = (slice(None), slice(None), slice(sh * i, sh * i + kh), slice(sw * j, sw * j + kw))
            share = np.full((N, C, kh, kw), 1 / (kh * kw))
            if kind == "max":
                first = x[place].reshape(N, C, -1).argmax(axis=2)[:, :, None, None]
                share = first == np.arange(kh * kw).reshape(kh, kw)
            sent = dy[:, :, i, j, None, None] * share
            dx[place] = sent if apart else dx[place] + sent
    return dx
