"""Returns an object that takes its value from the frame in which it is compared.

stopped by: what is no value comes as a handle, and is no number
shows: the doubled array is an object
"""
# %% double
import sys

import numpy as np

class Later:
    def __array__(self, *_, **__):
        frame = sys._getframe(1)
        while "expected" not in frame.f_locals:
            frame = frame.f_back
        return np.asarray(frame.f_locals["expected"])

def double(x):
    return Later()

# %% fools
def naive(expected):
    assert np.allclose(double(3.0), expected)

naive(6.0)
