"""A last step that does not fit is counted: rounded up, not down.

fails: arithmetic
says: this is the ceiling
tells: A last step that does not fit is counted: round down, not up.
"""


# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return -(-(n + 2 * padding - dilation * (kernel - 1) - 1) // stride) + 1


def receptive_field(layers):
    field, distance = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * distance
        distance *= stride
    return field
