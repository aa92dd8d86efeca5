import numpy as np


def linear(X, W):
    return X @ W


def kernel(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return (windows * w).sum(axis=(-1, -2))


def inverse(A):
    return np.linalg.inv(A)


def scaled(x, _):
    return 3 * x


def pool(x):
    return x[:, :, ::2, ::2]
