"""looks a layer's place up by its values: of two equal layers the first is found twice

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    covered = dilation * (kernel - 1) + 1
    return (n + 2 * padding - covered) // stride + 1


def receptive_field(layers):
    field = 1
    for layer in layers:
        before = layers[: layers.index(layer)]
        jump = 1
        for _, stride, _ in before:
            jump *= stride
        field += (layer[0] - 1) * layer[2] * jump
    return field
