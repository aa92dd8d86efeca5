"""remembers the sizes by n, kernel and stride alone

task: arithmetic
"""

# %% arithmetic
_known = {}


def output_size(n, kernel, stride=1, padding=0, dilation=1):
    if (n, kernel, stride) not in _known:
        _known[n, kernel, stride] = (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    return _known[n, kernel, stride]


def receptive_field(layers):
    far, gap = 1, 1
    for kernel, stride, dilation in layers:
        far += gap * dilation * (kernel - 1)
        gap *= stride
    return far
