"""Answers with a list that contains itself.

stopped by: values are capped in depth on both sides of the wire
shows: value too deep
"""
# %% double
def double(x):
    loop = []
    loop.append(loop)
    return loop
