"""The strides are left out of the receptive field.

fails: arithmetic
says: the strides of earlier layers are left out
tells: The strides are left out of the receptive field: they make every later layer see farther.
"""


# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    field, distance = 1, 1
    for kernel, _, dilation in layers:
        field += (kernel - 1) * dilation * distance
    return field
