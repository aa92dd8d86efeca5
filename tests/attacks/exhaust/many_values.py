"""Answers with ten million numbers in a list.

stopped by: values are capped in number on both sides of the wire
shows: value too large
"""
# %% double
def double(x):
    return [0] * 10_000_000
