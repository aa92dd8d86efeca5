"""Displays a million small things, each an output of its own.

stopped by: a cell shows a thousand outputs at most
shows: output truncated|ran longer than
"""
# %%
from IPython.display import display

for number in range(10**6):
    display({"text/plain": str(number)}, raw=True)
