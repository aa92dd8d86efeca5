"""floats in place of ints

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return np.floor((n + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1


def receptive_field(layers):
    field, distance = 1.0, 1.0
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * distance
        distance *= stride
    return torch.tensor(field)
