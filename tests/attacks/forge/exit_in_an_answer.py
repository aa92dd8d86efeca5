"""Ends the process with exit status 0 when its answer is asked for.

stopped by: a session that ends is an answer that did not come
shows: the notebook's process ended
"""
# %% double
import os

def double(x):
    os._exit(0)
