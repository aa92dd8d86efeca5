"""Answers NaN, which is not larger than any tolerance.

stopped by: a result is asked whether it is NaN before it is compared
shows: is NaN
"""
# %% double
def double(x):
    return float("nan")

# %% fools
assert not abs(double(3.0) - 6.0) > 1e-6
