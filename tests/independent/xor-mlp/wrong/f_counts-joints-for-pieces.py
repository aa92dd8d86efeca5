"""The shallow pieces are the number of joints: the one added for the first piece is missing.

task: shallow
"""

# %% own-counts
_K, _D = network["K"], network["D"]
_P = 3 * _D + 1 + (_K - 1) * _D * (_D + 1)
my_counts = {"parameters": _P, "pieces": (_D + 1) ** _K}
my_counts["shallow_width"] = (_P - 1) // 3
my_counts["shallow_pieces"] = my_counts["shallow_width"]
