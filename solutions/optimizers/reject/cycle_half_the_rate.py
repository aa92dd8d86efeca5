"""The cycle is taken for ±η/2, which only some starts give.

fails: normalised
says: ±η/2
"""

# %% own-cycle
my_cycle = {"low": -my_walk["eta"] / 2, "high": my_walk["eta"] / 2}
