"""output_size divides the number of places by the stride, rounding down: wrong where they do not divide, output_size(7, 3, stride=2) is 2 in place of 3

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    """Return how many outputs a convolution has along one axis, an int."""
    places = n + 2 * padding - dilation * (kernel - 1)
    return places // stride



def receptive_field(layers):
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * step
        step *= stride
    return field
