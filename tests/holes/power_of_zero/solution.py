import numpy as np


def power_backward(upstream, x, n):
    return n * x ** (n - 1.0) * upstream
