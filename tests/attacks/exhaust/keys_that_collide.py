"""Answers with a dictionary whose keys all have one hash.

stopped by: keys are capped in kind and number
shows: object|cannot be marked
"""
# %% double
def double(x):
    prime = 2**61 - 1
    return {(0, number * prime): 0 for number in range(3_000)}
