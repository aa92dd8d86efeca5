"""In the receptive field, a layer's own stride counts for its own kernel.

fails: arithmetic
says: not in its own
tells: In the receptive field, a layer's stride counts for the layers after it, not for its own kernel.
"""


# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    field, distance = 1, 1
    for kernel, stride, dilation in layers:
        distance *= stride
        field += (kernel - 1) * dilation * distance
    return field
