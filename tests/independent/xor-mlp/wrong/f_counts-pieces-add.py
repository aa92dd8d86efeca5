"""The pieces of the deep network are counted as if every unit made one joint, K·D + 1; the other three numbers are right.

task: shallow
"""

# %% own-counts
_K, _D = network["K"], network["D"]
_P = 3 * _D + 1 + (_K - 1) * _D * (_D + 1)
my_counts = {
    "parameters": _P,
    "pieces": _K * _D + 1,
    "shallow_width": (_P - 1) // 3,
    "shallow_pieces": (_P - 1) // 3 + 1,
}
