import numpy as np


def loss(w):
    return (w**2).sum()


def gradient(w):
    return 2 * w


def conv(x):
    return np.tanh(x)


def init(x):
    return 0.01 * x


def forward(x):
    return np.tanh(x).sum()


def backward(x):
    return 1 - np.tanh(x) ** 2


def layers(x):
    return np.tanh(x), np.tanh(np.tanh(x))
