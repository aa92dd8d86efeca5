"""output_size takes padding before stride, so that positional arguments are exchanged: output_size(10, 3, 2) is 12 in place of 4

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, padding=0, stride=1, dilation=1):
    """Return how many outputs a convolution has along one axis, an int."""
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1



def receptive_field(layers):
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * step
        step *= stride
    return field
