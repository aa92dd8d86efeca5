"""with ties the gradient is shared evenly among all largest pixels where the first gets all of it: wrong for any window with two equal maxima, as after a ReLU

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
    share = 1 / (kh * kw)
    for n, c, i, j in np.ndindex(*dy.shape):
        block = x[n, c, sh * i : sh * i + kh, sw * j : sw * j + kw]
        if kind == "max":
            share = (block == block.max()) / np.count_nonzero(block == block.max())
        dx[n, c, sh * i : sh * i + kh, sw * j : sw * j + kw] += dy[n, c, i, j] * share
    return dx
