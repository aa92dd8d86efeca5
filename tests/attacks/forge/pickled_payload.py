"""Returns an object that runs code in whoever unpickles it.

stopped by: nothing is ever pickled between session and grader
shows: the doubled array is an object
"""
# %% double
class Payload:
    def __reduce__(self):
        return exec, ("import builtins; builtins.owned = True",)

def double(x):
    return Payload()

# %% fools
import builtins, pickle

pickle.loads(pickle.dumps(double(3.0)))
assert builtins.owned
