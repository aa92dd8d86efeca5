"""output_size lets dilation add 2(d-1) to the kernel, which holds for kernels of 3 only: output_size(20, 5, dilation=2) is 14 in place of 12

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    """Return how many outputs a convolution has along one axis, an int."""
    covered = kernel
    if kernel > 1:
        covered += 2 * (dilation - 1)  # the zeros between the entries
    return (n + 2 * padding - covered) // stride + 1



def receptive_field(layers):
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * step
        step *= stride
    return field
