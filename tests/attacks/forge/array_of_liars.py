"""Returns an array of objects, each of which equals everything.

stopped by: arrays of objects do not cross the wire
shows: what `double` returned cannot be marked
"""
# %% double
import numpy as np

class Yes:
    def __eq__(self, other):
        return True

def double(x):
    return np.array([Yes()] * np.size(x), dtype=object)

# %% fools
assert (double(np.ones(3)) == 2.0).all()
