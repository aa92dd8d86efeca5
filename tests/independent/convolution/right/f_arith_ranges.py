"""the length of a range, and the outermost two inputs followed through the layers, with ceil in place of floor

task: arithmetic
"""

# %% arithmetic
import math
from fractions import Fraction


def output_size(n: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    free = n + 2 * padding - dilation * (kernel - 1)
    size = math.ceil(Fraction(free, stride))
    assert size == len(range(0, free, stride))
    return size


def receptive_field(layers: list) -> int:
    left = right = 0  # the outermost inputs, as the indices of the units seen so far
    for kernel, stride, dilation in reversed(list(layers)):
        left, right = left * stride, right * stride + (kernel - 1) * dilation
    return right - left + 1
