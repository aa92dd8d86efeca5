"""Answers with kinds of value that are not in the protocol: a pickle, a file, a module.

stopped by: the decoder builds what is on its list, and nothing else
shows: unknown kind
"""
# %%
from autograder.sandbox.session.runtime import Runtime

encode = Runtime._encode

def forged(self, value):
    if value == "a file":
        return {"t": "pickle", "v": "cos\nsystem\n(S'true'\ntR."}, []
    return encode(self, value)

Runtime._encode = forged

# %% double
def double(x):
    return "a file"
