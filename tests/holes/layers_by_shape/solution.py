import numpy as np


def multi_head(X, W, heads):
    N, D = X.shape
    Q, K, V = ((X @ part).reshape(N, heads, D // heads).swapaxes(0, 1) for part in W)
    scores = Q @ K.swapaxes(1, 2) / np.sqrt(D // heads)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return (weights @ V).swapaxes(0, 1).reshape(N, D)


def convolution(x, w):
    height, width = x.shape[1] - w.shape[2] + 1, x.shape[2] - w.shape[3] + 1
    out = np.zeros((len(w), height, width))
    for i in range(height):
        for j in range(width):
            patch = x[:, i : i + w.shape[2], j : j + w.shape[3]]
            out[:, i, j] = np.tensordot(w, patch, axes=3)
    return out


def parameters(channels, filters, height, width):
    return np.linspace(-1, 1, filters * channels * height * width + filters)
