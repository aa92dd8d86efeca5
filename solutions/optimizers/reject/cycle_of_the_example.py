"""The cycle is that of the example in the text.

fails: normalised
says: of the example
"""

# %% own-cycle
my_cycle = {"low": -0.05, "high": 0.05}
