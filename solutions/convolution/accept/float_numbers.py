"""Numbers worked out by hand: floats, NumPy integers and nested lists, other closed forms."""

# %% arithmetic
import math


def output_size(n, kernel, stride=1, padding=0, dilation=1):
    return math.ceil((n + 2 * padding - dilation * (kernel - 1)) / stride)


def receptive_field(layers):
    field = 1
    for kernel, stride, dilation in reversed(layers):
        field = (field - 1) * stride + 1 + dilation * (kernel - 1)
    return np.int64(field)


# %% my-numbers
def along(axis):
    n, k, s, p, d = (
        numbers["layer"][key][axis] for key in ("image", "kernel", "stride", "padding", "dilation")
    )
    return float(len(range(0, n + 2 * p - d * (k - 1), s)))


plan = numbers["lenet"]
one, two = plan["filters"]
k = plan["kernel"]
side = ((plan["image"] - k + 1) // 2 - k + 1) // 2
units = [two * side * side, *plan["dense"]]
my_numbers = {
    "height": along(0),
    "width": along(1),
    "parameters": numbers["layer"]["filters"]
    * (1 + numbers["layer"]["channels"] * math.prod(numbers["layer"]["kernel"])),
    "dilated_field": 1
    + (numbers["dilated"]["kernel"] - 1) * (2 ** numbers["dilated"]["layers"] - 1),
    "lenet": one * k * k
    + one
    + two * one * k * k
    + two
    + sum(a * b + b for a, b in zip(units, units[1:], strict=False)),
    "bottleneck": numbers["bottleneck"]["narrow"]
    * (2 * numbers["bottleneck"]["wide"] + 9 * numbers["bottleneck"]["narrow"]),
    "resnet": np.int64(2 + 2 * sum(numbers["resnet"]["blocks"])),
    "pooled": float(numbers["maps"][0]),
}

# %% my-pictures
my_correlation = [
    [
        float(sum(mine["x"][i + u][j + v] * mine["k"][u][v] for u in (0, 1) for v in (0, 1)))
        for j in (0, 1)
    ]
    for i in (0, 1)
]
my_convolution = tuple(
    tuple(
        sum(mine["x"][i + u][j + v] * mine["k"][1 - u][1 - v] for u in (0, 1) for v in (0, 1))
        for j in (0, 1)
    )
    for i in (0, 1)
)
