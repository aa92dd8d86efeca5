"""Height and width of the output are swapped.

fails: arithmetic
says: this is the width
tells: `height` and `width` are swapped: the first number of each pair goes down.
"""

# %% my-numbers
my_numbers = {
    "height": None,
    "width": None,
    "parameters": None,
    "dilated_field": None,
    "lenet": None,
    "bottleneck": None,
    "resnet": None,
    "pooled": None,
}
layer, dilated, lenet = numbers["layer"], numbers["dilated"], numbers["lenet"]
for axis, name in enumerate(("width", "height")):
    settings = (layer[key][axis] for key in ("image", "kernel", "stride", "padding", "dilation"))
    my_numbers[name] = output_size(*settings)
kernel_height, kernel_width = layer["kernel"]
my_numbers["parameters"] = layer["filters"] * (layer["channels"] * kernel_height * kernel_width + 1)
my_numbers["dilated_field"] = receptive_field(
    [(dilated["kernel"], 1, 2**i) for i in range(dilated["layers"])]
)
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
