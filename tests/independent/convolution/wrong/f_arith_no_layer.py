"""receptive_field begins with the first layer and raises an IndexError for [], where it should be 1

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    """Return how many neighbouring inputs one unit after the last layer can see, an int."""
    kernel, jump, dilation = layers[0]
    field = dilation * (kernel - 1) + 1
    for kernel, stride, dilation in layers[1:]:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field
