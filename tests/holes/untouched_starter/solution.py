import numpy as np


def loss(w, x):
    return np.sum(np.tanh(w * x) ** 2) / 2


def gradient(w, x):
    h = np.tanh(w * x)
    return h * (1 - h**2) * x
