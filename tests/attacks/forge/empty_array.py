"""Answers with no numbers at all: all of them agree with anything.

stopped by: the shape is compared before the values
shows: shape \(0,\)
"""
# %% double
import numpy as np

def double(x):
    return np.zeros(0)

# %% fools
assert np.allclose(double(3.0), 6.0)
