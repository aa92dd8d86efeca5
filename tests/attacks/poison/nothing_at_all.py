"""Hands in a file full of zeros in place of a notebook.

stopped by: any bytes give a notebook or a message
shows: .
costs: mean
"""
# %% notebook
content = bytes(100_000)
