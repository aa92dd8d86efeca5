"""with ties every largest pixel of the window gets the whole gradient, not only the first: a window of equal pixels gets kh*kw times too much

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
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            rows, columns = slice(sh * i, sh * i + kh), slice(sw * j, sw * j + kw)
            window, g = x[:, :, rows, columns], dy[:, :, i, j][:, :, None, None]
            if kind == "mean":
                dx[:, :, rows, columns] += g / (kh * kw)
                continue
            dx[:, :, rows, columns] += g * (window == window.max(axis=(2, 3), keepdims=True))
    return dx
