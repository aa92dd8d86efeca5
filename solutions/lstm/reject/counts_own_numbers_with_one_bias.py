"""The count for torch has one bias in each row, and so has the GRU.

fails: counts
says: torch
tells: The count for torch has one bias in each row; torch has two.
"""

# %% own-counts
my_counts = {"lstm": None, "torch": None, "hidden": None}
d_x, d_h, hidden = my_sizes["d_x"], my_sizes["d_h"], 1
my_counts["lstm"] = parameter_count("lstm", d_x, d_h)
my_counts["torch"] = parameter_count("lstm", d_x, d_h)
while parameter_count("gru", d_x, hidden) < my_sizes["gru"]:
    hidden += 1
my_counts["hidden"] = hidden
