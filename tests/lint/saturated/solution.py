import numpy as np


def softmax(z):
    z = np.asarray(z, dtype=float)
    raised = np.exp(z - z.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def cross_entropy(Z, y):
    return -np.log(softmax(Z)[np.arange(len(y)), y]).mean()


def largest(x):
    return x.max()
