import numpy as np


def linear(X, W, b=0.0):
    return X @ np.asarray(W) + b


def lstm(x, gates):
    return x @ gates[0]


def scale(x, factor):
    return x * factor


def loss(Z, Y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return -(Y * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))).sum(axis=1).mean()


def conv(x, w, stride):
    height, width = w.shape
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return (windows[:: stride[0], :: stride[1]] * w).sum(axis=(-1, -2))
