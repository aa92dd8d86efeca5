import numpy as np


def pool(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))
    return windows[::stride, ::stride].max(axis=(-1, -2))


def subsample(x, size, stride):
    return x[::stride, ::stride]


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros_like(x)
    for (i, j), slope in np.ndenumerate(dout):
        window = x[i * stride : i * stride + size, j * stride : j * stride + size]
        row, column = np.unravel_index(window.argmax(), window.shape)
        dx[i * stride + row, j * stride + column] += slope
    return dx
