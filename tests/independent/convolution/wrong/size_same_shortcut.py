"""padding of half the kernel is taken for `same`, whatever the dilation

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    if padding and padding == kernel // 2:
        return -(-n // stride)
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    far, gap = 1, 1
    for kernel, stride, dilation in layers:
        far += gap * dilation * (kernel - 1)
        gap *= stride
    return far
