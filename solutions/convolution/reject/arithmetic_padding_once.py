"""The padding is added to one side only.

fails: arithmetic
says: padding is added on both sides
tells: The padding is added to one side only: it stands on both.
"""


# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    field, distance = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * distance
        distance *= stride
    return field
