"""Sends outputs past the session's own cap, by taking the cap away.

stopped by: the grader checks the size again
shows: sent something that is not an answer
"""
# %%
from autograder.sandbox.session import shell

shell.collector.limit = shell.collector._room = 10**12
print("x" * 6_000_000)
