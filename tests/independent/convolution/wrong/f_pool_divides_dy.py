"""pool2d_backward of the mean divides the caller's dy in place by the size of the window; the result is right, the argument is changed

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
    if kind == "mean":
        dy /= kh * kw
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            rows, columns = slice(sh * i, sh * i + kh), slice(sw * j, sw * j + kw)
            window, g = x[:, :, rows, columns], dy[:, :, i, j][:, :, None, None]
            if kind == "mean":
                dx[:, :, rows, columns] += g
                continue
            first = window.reshape(N, C, -1).argmax(axis=2)[:, :, None, None]
            dx[:, :, rows, columns] += g * (first == np.arange(kh * kw).reshape(kh, kw))
    return dx
