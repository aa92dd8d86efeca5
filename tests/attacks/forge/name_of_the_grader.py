"""Answers with a reference, in the hope that the grader looks it up among its own names.

stopped by: references are looked up in one direction only
shows: a reference arrived
"""
# %% double
from autograder.sandbox.session.runtime import Runtime
from autograder.sandbox.wire import Name

def double(x):
    return Name("reference")
