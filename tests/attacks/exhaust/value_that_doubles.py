"""Answers with a small value that unfolds to 2⁶⁰ parts.

stopped by: values are capped in number on both sides of the wire
shows: value too (large|deep)
"""
# %% double
def double(x):
    value = [x]
    for _ in range(20):
        value = [value, value]
    return value
