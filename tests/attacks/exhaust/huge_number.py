"""Answers with an integer of ten million bits, which takes hours to print.

stopped by: integers are capped in length on both sides of the wire
shows: an integer of
"""
# %% double
def double(x):
    return 1 << 10_000_000
