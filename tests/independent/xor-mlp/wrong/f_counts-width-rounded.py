"""The shallow width is rounded to the nearest integer, and then needs more parameters than the deep network.

task: shallow
"""

# %% own-counts
_K, _D = network["K"], network["D"]
_P = 3 * _D + 1 + (_K - 1) * _D * (_D + 1)
_width = round((_P - 1) / 3)
my_counts = {
    "parameters": _P,
    "pieces": (_D + 1) ** _K,
    "shallow_width": _width,
    "shallow_pieces": _width + 1,
}
