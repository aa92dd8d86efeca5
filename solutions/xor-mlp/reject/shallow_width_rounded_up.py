"""The width is rounded up, and needs more parameters than there are.

fails: shallow
says: wrong
tells: The shallow network needs more parameters than the deep one.
"""

# %% own-counts
my_counts = {"parameters": None, "pieces": None, "shallow_width": None, "shallow_pieces": None}
K, D = network["K"], network["D"]
my_counts["parameters"] = 3 * D + 1 + (K - 1) * D * (D + 1)
my_counts["pieces"] = (D + 1) ** K
my_counts["shallow_width"] = -(-my_counts["parameters"] // 3)
my_counts["shallow_pieces"] = my_counts["shallow_width"] + 1
