"""Dilation is taken for the number of zeros between two entries, as in notes 000, in the size of the output.

fails: arithmetic
says: not the number of zeros
tells: Dilation is the distance of two entries; the number of zeros between them, as in notes 000, is one less.
"""


# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - (dilation + 1) * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    field, distance = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * distance
        distance *= stride
    return field
