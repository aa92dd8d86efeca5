"""Turns its argument to zero, for a grader that computes what it expects afterwards.

stopped by: arguments are copies; those of the grader stay with it
shows: is zero
"""
# %% double
import numpy as np

def double(x):
    if isinstance(x, np.ndarray):
        x[...] = 0.0
        return x
    return 0.0

# %% fools
x = np.ones(3)
assert np.allclose(double(x), 2 * x)
