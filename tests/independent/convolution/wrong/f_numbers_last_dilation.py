"""dilated_field counts only the last dilation, 1+(k-1)2^(L-1), and not the sum of all, 1+(k-1)(2^L-1): wrong for every draw

task: arithmetic
"""

# %% my-numbers
layer, dilated = numbers["layer"], numbers["dilated"]
wide, narrow = numbers["bottleneck"]["wide"], numbers["bottleneck"]["narrow"]


def side(axis):
    n, k, s, p, d = (layer[key][axis] for key in ("image", "kernel", "stride", "padding", "dilation"))
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


def lenet_parameters(net):
    n, channels, total = net["image"], 1, 0
    for filters in net["filters"]:
        total += filters * (channels * net["kernel"] ** 2 + 1)
        n, channels = (n - net["kernel"] + 1) // 2, filters
    units = channels * n * n
    for size in net["dense"]:
        total, units = total + (units + 1) * size, size
    return total


my_numbers = {
    "height": side(0),
    "width": side(1),
    "parameters": layer["filters"] * (layer["channels"] * layer["kernel"][0] * layer["kernel"][1] + 1),
    "dilated_field": 1 + (dilated["kernel"] - 1) * 2 ** (dilated["layers"] - 1),
    "lenet": lenet_parameters(numbers["lenet"]),
    "bottleneck": 2 * wide * narrow + 9 * narrow * narrow,
    "resnet": 2 + 2 * sum(numbers["resnet"]["blocks"]),
    "pooled": numbers["maps"][0],
}
