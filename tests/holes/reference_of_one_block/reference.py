import numpy as np


def row_sums(x):
    return np.full(len(x), x[0].sum())
