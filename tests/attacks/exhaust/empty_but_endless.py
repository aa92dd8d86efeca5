"""Answers with an array of no numbers in a shape of 2⁶⁰.

stopped by: the decoder: empty, but of an impossible shape
shows: `double` returned cannot be marked|shape|sent
"""
# %% double
import numpy as np

def double(x):
    return np.zeros((0, 2**60 // 8), dtype=np.int8)
