"""rounds to the nearest, half to even

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return round((n + 2 * padding - dilation * (kernel - 1) - 1) / stride - 0.25) + 1


def receptive_field(layers):
    far, gap = 1, 1
    for kernel, stride, dilation in layers:
        far += gap * dilation * (kernel - 1)
        gap *= stride
    return far
