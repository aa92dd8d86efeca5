"""the pixel of a maximum is found as the first in the whole channel with that value, not in the window: wrong as soon as a value occurs in an earlier window, too

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
    y = pool2d(x, size, stride, kind)
    for n, c, i, j in np.ndindex(*dy.shape):
        if kind == "max":
            row, column = np.argwhere(x[n, c] == y[n, c, i, j])[0]
            dx[n, c, row, column] += dy[n, c, i, j]
        else:
            dx[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw] += dy[n, c, i, j] / (kh * kw)
    return dx
