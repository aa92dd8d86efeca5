"""Unusual: counts by summing the sizes of torch's own modules, row by row for other numbers of biases; the hidden size from the quadratic formula.

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    state = torch.random.get_rng_state()
    net = getattr(torch.nn, cell.upper())(d_x, d_h, bias=False, device="meta")
    torch.random.set_rng_state(state)
    weights = sum(p.numel() for p in net.parameters())
    return int(weights + biases * net.weight_hh_l0.shape[0])

# %% own-counts
import math

my_counts = dict.fromkeys(["hidden", "torch", "lstm"])
my_counts["lstm"] = 4 * my_sizes["d_h"] * (my_sizes["d_h"] + my_sizes["d_x"] + 1)
my_counts["torch"] = my_counts["lstm"] + 4 * my_sizes["d_h"]
# 3 n (n + d_x + 2) = gru
half = my_sizes["d_x"] + 2
my_counts["hidden"] = (math.isqrt(half**2 + 4 * my_sizes["gru"] // 3) - half) // 2
