"""the eight numbers from torch's own layers and the functions of the first cell, as ints of NumPy and torch

task: arithmetic
"""

# %% my-numbers
def how_many(*modules):
    return sum(p.numel() for m in modules for p in m.parameters())


_l = numbers["layer"]
_conv = torch.nn.Conv2d(
    _l["channels"], _l["filters"], tuple(_l["kernel"]), tuple(_l["stride"]), tuple(_l["padding"]), tuple(_l["dilation"])
)
_out = _conv(torch.zeros(1, _l["channels"], *_l["image"])).shape
_n = numbers["lenet"]
_lenet = torch.nn.Sequential(
    torch.nn.LazyConv2d(_n["filters"][0], _n["kernel"]),
    torch.nn.MaxPool2d((2, 2)),
    torch.nn.LazyConv2d(_n["filters"][1], _n["kernel"]),
    torch.nn.MaxPool2d((2, 2)),
    torch.nn.Flatten(),
    *(torch.nn.LazyLinear(size) for size in _n["dense"]),
)
_lenet(torch.zeros(2, 1, _n["image"], _n["image"]))
_wide, _narrow = (numbers["bottleneck"][name] for name in ("wide", "narrow"))
my_numbers = dict(
    pooled=int(torch.zeros(1, *numbers["maps"]).mean(dim=(2, 3)).numel()),
    resnet=1 + sum(2 * blocks for blocks in numbers["resnet"]["blocks"]) + 1,
    bottleneck=how_many(
        torch.nn.Conv2d(_wide, _narrow, 1, bias=False),
        torch.nn.Conv2d(_narrow, _narrow, 3, bias=False),
        torch.nn.Conv2d(_narrow, _wide, 1, bias=False),
    ),
    lenet=how_many(_lenet),
    dilated_field=receptive_field(
        [(numbers["dilated"]["kernel"], 1, 1 << i) for i in range(numbers["dilated"]["layers"])]
    ),
    parameters=how_many(_conv),
    width=int(_out[-1]),
    height=int(_out[-2]),
)
