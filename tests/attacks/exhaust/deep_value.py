"""Answers with a list inside a list, a hundred thousand times.

stopped by: values are capped in depth on both sides of the wire
shows: value too deep
"""
# %% double
def double(x):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep
