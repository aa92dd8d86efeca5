"""Runs a cell that never ends.

stopped by: the grader's clock
shows: ran longer than
"""
# %%
while True:
    pass
