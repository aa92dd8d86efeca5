import numpy as np


def layer_norm(x, gain, eps=1e-5):
    return gain * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)


def normalise(x):
    return x / np.linalg.norm(x)
