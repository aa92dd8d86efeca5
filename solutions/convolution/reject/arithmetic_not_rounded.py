"""The division is not rounded down: this is the formula of notes 001.

fails: arithmetic
says: the division is not rounded down
"""


# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1


def receptive_field(layers):
    field, distance = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * distance
        distance *= stride
    return field
