"""receptive_field takes the layers out of the caller's list, which is empty afterwards, though functions leave their arguments as they are

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    """Return how many neighbouring inputs one unit after the last layer can see, an int."""
    seen = 1
    while layers:
        kernel, stride, dilation = layers.pop()  # from the output back to the input
        seen = (seen - 1) * stride + dilation * (kernel - 1) + 1
    return seen
