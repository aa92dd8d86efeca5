"""Answers in a shape that is stretched to the expected one when compared.

stopped by: the shape is compared before the values
shows: has shape
"""
# %% double
import numpy as np

def double(x):
    return np.full((4, 1, *np.shape(x)), 6.0 if np.shape(x) == () else 2 * x)

# %% fools
assert np.allclose(double(3.0), 6.0)
