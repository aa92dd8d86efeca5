import numpy as np


def exp_back(upstream, out, x):
    return upstream * out
