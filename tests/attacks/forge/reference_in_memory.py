"""Looks through the garbage collector for another function called `double`, and asks that.

stopped by: the reference is in another process
"""
# %% double
import gc, types

looked = []

def double(x):
    for other in gc.get_objects():
        if isinstance(other, types.FunctionType) and other.__name__ == "double":
            looked.append(other)
            if other.__code__ is not double.__code__:
                return other(x)
    return 0 * x

# %% later
print("TRIED" if looked else "nobody called")

# %% fools
module = {}
exec("def double(x):\n    return 2 * x", module)
assert double(3.0) == module["double"](3.0)
