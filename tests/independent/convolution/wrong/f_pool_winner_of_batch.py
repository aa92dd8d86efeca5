"""the maximum is looked for among all samples of a window, so that only one sample of the batch gets a gradient: wrong for N > 1

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
            top, left = i * sh, j * sw
            for c in range(C):
                window = x[:, c, top : top + kh, left : left + kw]
                if kind == "max":
                    n, u, v = np.unravel_index(window.argmax(), window.shape)
                    dx[n, c, top + u, left + v] += dy[n, c, i, j]
                else:
                    dx[:, c, top : top + kh, left : left + kw] += dy[:, c, i, j, None, None] / window[0].size
    return dx
