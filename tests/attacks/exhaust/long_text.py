"""Answers with a text of a hundred megabytes.

stopped by: values are capped in size on both sides of the wire
shows: value too large
"""
# %% double
def double(x):
    return "x" * 100_000_000
