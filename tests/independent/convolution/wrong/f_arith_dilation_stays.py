"""receptive_field lets the dilation of a layer spread the neighbours of all later layers as a stride does: [(3, 1, 2), (3, 1, 1)] is 9 in place of 7

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    """Return how many neighbouring inputs one unit after the last layer can see, an int."""
    field, apart = 1, 1
    for kernel, stride, dilation in layers:
        apart *= dilation
        field += (kernel - 1) * apart
        apart *= stride
    return field
