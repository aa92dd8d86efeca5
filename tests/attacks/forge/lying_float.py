"""Returns a number whose differences and comparisons are always in its favour.

stopped by: values are rebuilt from raw numbers in the grader
shows: double\(3\)
"""
# %% double
class Near(float):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

def double(x):
    return Near(0.0)

# %% fools
assert double(3.0) == 6.0
assert abs(double(3.0) - 6.0) < 1e-9
