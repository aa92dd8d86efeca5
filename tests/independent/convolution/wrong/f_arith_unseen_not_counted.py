"""receptive_field leaves out the inputs skipped by a stride larger than the field, which the docstring wants counted: [(1, 2, 1), (3, 1, 1)] is 3 in place of 5

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    """Return how many neighbouring inputs one unit after the last layer can see, an int."""
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        # A neighbour adds at most as much as it sees itself.
        field += (kernel - 1) * dilation * min(jump, field)
        jump *= stride
    return field
