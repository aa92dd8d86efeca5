"""Traces the grader and turns its local variable `passed` to True.

stopped by: the verdict is formed in another process
"""
# %%
import sys

def trace(frame, event, argument):
    if "passed" in frame.f_locals:
        frame.f_locals["passed"] = True
    return trace

sys.settrace(trace)

# %% fools
def naive():
    passed = False
    passed = double(3.0) == 6.0
    passed = passed and True
    return passed

sys.settrace(trace)
assert naive()
