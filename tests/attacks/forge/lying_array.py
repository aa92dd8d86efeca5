"""Returns an array of a subclass that answers numpy's own functions.

stopped by: values are rebuilt from raw numbers in the grader
shows: is zero
"""
# %% double
import numpy as np

class Liar(np.ndarray):
    def __array_ufunc__(self, *_, **__):
        return True

    def __array_function__(self, *_, **__):
        return True

def double(x):
    return np.zeros(np.shape(x)).view(Liar)

# %% fools
assert np.allclose(double(np.ones(3)), 2.0)
