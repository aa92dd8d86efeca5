"""counts the inputs that are seen: those between them are missing

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    covered = dilation * (kernel - 1) + 1
    return (n + 2 * padding - covered) // stride + 1


def receptive_field(layers):
    seen = {0}
    for kernel, stride, dilation in reversed(layers):
        seen = {place * stride + u * dilation for place in seen for u in range(kernel)}
    return len(seen)
