"""The pieces of the layers are added up; every layer multiplies them.

fails: shallow
says: depth multiplies
tells: The pieces of the layers are added up; every layer multiplies them.
"""

# %% own-counts
my_counts = {"parameters": None, "pieces": None, "shallow_width": None, "shallow_pieces": None}
K, D = network["K"], network["D"]
my_counts["parameters"] = 3 * D + 1 + (K - 1) * D * (D + 1)
my_counts["pieces"] = (D + 1) * K
my_counts["shallow_width"] = (my_counts["parameters"] - 1) // 3
my_counts["shallow_pieces"] = my_counts["shallow_width"] + 1
