"""Returns an object that says it is a float, to everybody who asks.

stopped by: the true type decides what crosses the wire
shows: the doubled array is an object
"""
# %% double
class Pretender:
    __class__ = float

    def __eq__(self, other):
        return True

    def __float__(self):
        return 0.0

def double(x):
    return Pretender()

# %% fools
assert isinstance(double(3.0), float)
assert double(3.0) == 6.0
