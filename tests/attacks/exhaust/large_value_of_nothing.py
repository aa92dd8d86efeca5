"""Answers with a gigabyte that takes no memory until it is sent.

stopped by: values are capped in size before they are copied
shows: value too large
"""
# %% double
import numpy as np

def double(x):
    return np.broadcast_to(1.0, (2**27,))
