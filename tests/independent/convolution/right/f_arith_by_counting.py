"""counts the places one by one, and walks from the output back to the input by recursion

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    """Return how many outputs a convolution has along one axis, an int."""
    first, last = -padding, n + padding - 1
    start, count = first, 0
    while start + dilation * (kernel - 1) <= last:
        count, start = count + 1, start + stride
    return count


def receptive_field(layers):
    """Return how many neighbouring inputs one unit after the last layer can see, an int."""
    if len(layers) == 0:
        return 1
    (*before, (kernel, stride, dilation)) = layers

    def spread(layers, units):
        """How many inputs the given number of neighbouring units see together."""
        if not layers:
            return units
        kernel, stride, dilation = layers[-1]
        return spread(layers[:-1], stride * (units - 1) + dilation * (kernel - 1) + 1)

    return spread(before, dilation * (kernel - 1) + 1)
