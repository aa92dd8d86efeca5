"""D units are taken for D pieces; they make D + 1.

fails: shallow
says: pieces
tells: D units make up to D + 1 pieces, not D.
"""

# %% own-counts
my_counts = {"parameters": None, "pieces": None, "shallow_width": None, "shallow_pieces": None}
K, D = network["K"], network["D"]
my_counts["parameters"] = 3 * D + 1 + (K - 1) * D * (D + 1)
my_counts["pieces"] = D**K
my_counts["shallow_width"] = (my_counts["parameters"] - 1) // 3
my_counts["shallow_pieces"] = my_counts["shallow_width"]
