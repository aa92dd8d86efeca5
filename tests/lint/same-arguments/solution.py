import numpy as np


def outer(a, b):
    return a[:, None] + b


def step(x, weights):
    return x @ weights["forget"]


def attend(x, y):
    scores = x @ y.T
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True) @ y


def pad(x, rows, columns):
    return np.pad(x, ((rows, rows), (columns, columns)))
