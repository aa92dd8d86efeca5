import numpy as np


def conv(x, w=None):
    if w is None:
        return np.sin(x)
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))
    return np.einsum("nchwij,fcij->nfhw", windows, w)


def softmax(z):
    raised = np.exp(z - z.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def probe(x):
    return x**2


def he_init(fan_in, fan_out):
    return np.random.default_rng(1).normal(size=(fan_in, fan_out)) * np.sqrt(2 / fan_in)


def minimise(f, w):
    losses = []
    for _ in range(60):
        losses.append(float(f(w)))
        slope = (f(w + 1e-4) - f(w - 1e-4)) / 2e-4
        w = w - 0.1 * slope
    return w, losses
