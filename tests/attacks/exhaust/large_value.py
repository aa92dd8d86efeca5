"""Answers with a gigabyte.

stopped by: values are capped in size on both sides of the wire; resource limits
shows: value too large|MemoryError
"""
# %% double
import numpy as np

def double(x):
    return np.zeros(2**27)
