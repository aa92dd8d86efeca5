"""pops the layers off the caller's list

task: arithmetic
"""

# %% arithmetic
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    """Return how many outputs a convolution has along one axis, an int.

    n, kernel, stride, padding, dilation: ints; padding is what is added on each of both sides.
    The kernel fits at least once.
    """
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def receptive_field(layers):
    field = 1
    while layers:
        kernel, stride, dilation = layers.pop()
        field = (field - 1) * stride + dilation * (kernel - 1) + 1
    return field
# %% my-numbers
layer, dilated, lenet = numbers["layer"], numbers["dilated"], numbers["lenet"]
my_numbers = {}
for axis, name in enumerate(("height", "width")):
    n, k, s, p, d = (layer[key][axis] for key in ("image", "kernel", "stride", "padding", "dilation"))
    my_numbers[name] = (n + 2 * p - d * (k - 1) - 1) // s + 1
my_numbers["parameters"] = layer["filters"] * (layer["channels"] * layer["kernel"][0] * layer["kernel"][1] + 1)
my_numbers["dilated_field"] = 1 + (dilated["kernel"] - 1) * (2 ** dilated["layers"] - 1)
size, channels, total = lenet["image"], 1, 0
for filters in lenet["filters"]:
    total += filters * (channels * lenet["kernel"] ** 2 + 1)
    size, channels = (size - lenet["kernel"] + 1) // 2, filters
features = channels * size**2
for units in lenet["dense"]:
    total += (features + 1) * units
    features = units
my_numbers["lenet"] = total
wide, narrow = numbers["bottleneck"]["wide"], numbers["bottleneck"]["narrow"]
my_numbers["bottleneck"] = 2 * wide * narrow + 9 * narrow**2
my_numbers["resnet"] = 2 * sum(numbers["resnet"]["blocks"]) + 2
my_numbers["pooled"] = numbers["maps"][0]
