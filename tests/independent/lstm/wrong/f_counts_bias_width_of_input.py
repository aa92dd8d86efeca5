"""The biases are counted as d_x + 1 per block instead of d_h, the same in the example (3 and 4), wrong for d_x = 5, d_h = 4.

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    gates = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    weights = d_h * (d_h + d_x)
    return gates * (weights + biases * (d_x + 1))

# %% own-counts
my_counts = {"lstm": None, "torch": None, "hidden": None}
d_x, d_h = my_sizes["d_x"], my_sizes["d_h"]
my_counts["lstm"] = parameter_count("lstm", d_x, d_h)
my_counts["torch"] = sum(p.numel() for p in torch.nn.LSTM(d_x, d_h).parameters())
my_counts["hidden"] = next(
    n for n in range(1, 1000)
    if sum(p.numel() for p in torch.nn.GRU(d_x, n).parameters()) == my_sizes["gru"]
)
