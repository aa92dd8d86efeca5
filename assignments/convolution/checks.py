"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with torch, with an example from the text or with a property
that a right answer has. When we mark, these checks run again, and others with other inputs.
"""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from autograder.checks import (
    Derivation,
    Function,
    Line,
    arg,
    close,
    draw,
    entry,
    equal,
    normal,
    shaped,
    slopes,
    task,
    unpack,
)

SALT = "convolution-2026"

# 1 arithmetic


def parameters(module):
    return sum(p.numel() for p in module.parameters())


def pair_of(rng, *choices):
    """Two different numbers of the choices, in any order."""
    return [int(n) for n in rng.choice(choices, size=2, replace=False)]


def layer_of(own):
    """The layer of a student's own numbers, and the shape of what it returns; without any data."""
    keys = ("kernel", "stride", "padding", "dilation")
    settings = {key: tuple(own[key]) for key in keys[1:]}
    layer = nn.Conv2d(own["channels"], own["filters"], own["kernel"], **settings, device="meta")
    return layer, layer(torch.zeros(1, own["channels"], *own["image"], device="meta")).shape


def drawn_layer(rng):
    """A layer in which no two settings are alike, and whose output is not square."""
    while True:
        layer = {
            "image": pair_of(rng, *range(40, 80)),
            "channels": int(rng.choice([3, 4, 6])),
            "filters": int(rng.integers(10, 30)),
            "kernel": pair_of(rng, 3, 4, 5, 7),
            "stride": pair_of(rng, 2, 3, 4),
            "padding": pair_of(rng, 1, 2, 3, 4),
            "dilation": pair_of(rng, 2, 3, 4),
        }
        height, width = layer_of(layer)[1][2:]
        if height != width:
            return layer


@draw("arithmetic")
def arithmetic_numbers(rng):
    """A layer, and networks like those of the text."""
    narrow = int(rng.choice([24, 40, 48, 80, 96]))
    side = int(rng.integers(5, 8))
    return {
        "layer": drawn_layer(rng),
        "dilated": {"kernel": int(rng.integers(3, 7)), "layers": int(rng.integers(4, 8))},
        "lenet": {
            "image": 2 * int(rng.integers(15, 25)) + 1,
            "filters": [int(rng.integers(4, 9)), int(rng.integers(12, 24))],
            "kernel": int(rng.choice([3, 5])),
            "dense": [int(rng.integers(100, 140)), int(rng.integers(50, 90)), 10],
        },
        "bottleneck": {"wide": 4 * narrow, "narrow": narrow},
        "resnet": {"blocks": [int(n) for n in rng.integers(2, 7, size=4)]},
        "maps": [int(rng.choice([128, 320, 640])), side, side + 2],
    }


def lenet_of(lenet):
    """The LeNet of a student's own numbers, as torch builds it."""
    first, second = lenet["filters"]
    features = nn.Sequential(
        nn.Conv2d(1, first, lenet["kernel"]),
        nn.AvgPool2d(2),
        nn.Conv2d(first, second, lenet["kernel"]),
        nn.AvgPool2d(2),
        nn.Flatten(),
    )
    units = [features(torch.zeros(1, 1, lenet["image"], lenet["image"])).shape[1], *lenet["dense"]]
    dense = [nn.Linear(a, b) for a, b in zip(units[:-1], units[1:], strict=True)]
    return nn.Sequential(features, *dense)


def seen_by(layers):
    """How far apart the first and the last input are that the gradient of one output reaches."""

    def first_output(y):
        for size, step, apart in layers:
            kernel = torch.ones(1, 1, size, dtype=y.dtype)
            y = functional.conv1d(y, kernel, stride=step, dilation=apart)
        return y[0, 0, 0]

    return int(slopes(first_output, np.ones((1, 1, 3000)))[0][0, 0].nonzero()[0].max()) + 1


@task("arithmetic")
def test_output_size_of_torch(student):
    """`output_size` says what torch's layers return, with stride, padding and dilation"""
    for n, kernel, stride, padding, dilation in [
        (28, 5, 1, 0, 1),
        (28, 5, 1, 2, 1),
        (224, 7, 2, 3, 1),
        (20, 3, 1, 0, 4),
    ]:
        layer = nn.Conv1d(1, 1, kernel, stride, padding, dilation)
        truth = layer(torch.zeros(1, 1, n)).shape[-1]
        got = student.output_size(n, kernel, stride=stride, padding=padding, dilation=dilation)
        equal(got, truth, name=f"output_size({n}, {kernel}, {stride}, {padding}, {dilation})")


@task("arithmetic")
def test_receptive_field_of_the_text(student):
    """`receptive_field` is 3, 5, 7 for plain layers of 3, and right for two layers with a stride"""
    for layers in ([(3, 1, 1)], [(3, 1, 1)] * 2, [(3, 1, 1)] * 3, [(3, 2, 1), (5, 1, 1)]):
        equal(student.receptive_field(layers), seen_by(layers), name=f"the field of {layers}")


@task("arithmetic", weight=0.5)
@pytest.mark.parametrize("name", ["height", "width", "parameters", "lenet"])
def test_your_numbers_in_torch(student, variant, name):
    """This entry of `my_numbers` is what torch's layers have at your own numbers"""
    layer, shape = layer_of(variant["layer"])
    truth = dict(zip(("height", "width"), shape[2:], strict=True))
    truth |= {"parameters": parameters(layer), "lenet": parameters(lenet_of(variant["lenet"]))}
    equal(entry(student.get("my_numbers"), name, "my_numbers"), truth[name], name=name)


# 2 flip


@draw("flip")
def flip_numbers(rng):
    """A picture and a kernel of small whole numbers, no two kernel entries alike."""
    while True:
        x, k = rng.integers(-4, 6, size=(3, 3)), rng.permutation([-2, -1, 1, 2, 3])[:4]
        k = k.reshape(2, 2)
        both = [correlate(x, k), correlate(x, k[::-1, ::-1])]
        if len(np.unique(both)) == 8:
            return {"x": x.tolist(), "k": k.tolist()}


LARGE = 1e9  # the text sets no limit to pixels and weights
IMAGE = {size: range(7, 13) for size in ("H", "W")} | {size: range(1, 7) for size in ("kh", "kw")}


@Function.of({"x": "H W", "k": "kh kw"}, returns="the cross-correlation", sizes=IMAGE, large=LARGE)
def correlate(x, k):
    x, k = (torch.tensor(np.array(a, dtype=np.float64))[None, None] for a in (x, k))
    return functional.conv2d(x, k)[0, 0].numpy()


@Function.of(
    {"x": "H W", "k": "kh kw", "full": arg.optional(True)},
    returns="the convolution",
    sizes=IMAGE,
    large=LARGE,
)
def convolve(x, k, full=False):
    """By Fourier transforms."""
    (H, W), (kh, kw) = x.shape, k.shape
    size = (H + kh - 1, W + kw - 1)
    y = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(k, size), size)
    return y if full else y[kh - 1 : H, kw - 1 : W]


@task("flip")
def test_example_of_the_notes(student):
    """`correlate` and `convolve` give the two matrices of the text"""
    x, k = np.array([[0.0, 80, 40], [20, 40, 0], [0, 0, 40]]), np.array([[0, 0.25], [0.5, 1]])
    close(student.correlate(x, k), [[70, 30], [10, 40]], name="correlate")
    close(student.convolve(x, k), [[45, 110], [40, 40]], name="convolve")


@task("flip")
def test_full_convolution(student, rng):
    """The full convolution is a product of Fourier transforms, and k may be the larger"""
    convolve.check(student, rng, full=True, H=4, W=6, kh=2, kw=3)
    convolve.check(student, rng, full=True, H=2, W=3, kh=4, kw=6)


@task("flip")
@pytest.mark.parametrize("name", ["my_correlation", "my_convolution"])
def test_your_pictures(student, variant, name):
    """This result is right for your own numbers"""
    x, k = np.array(variant["x"]), np.array(variant["k"])
    both = {"my_correlation": correlate(x, k), "my_convolution": convolve(x, k)}
    truth = both.pop(name)
    mistakes = {
        f"this is {other}: which of the two flips the kernel?": both[other] for other in both
    }
    close(student.get(name), truth, name=name, mistakes=mistakes)


# 3 matrix

BOUNDARIES = ("valid", "same", "circular")
SIGNAL = {"n": range(6, 11), "m": range(1, 7)}


@Function.of(
    {"x": "n", "w": "m", "boundary": arg.fixed("valid")},
    returns="the result",
    sizes=SIGNAL,
    large=LARGE,
)
def correlate1d(x, w, boundary):
    """By torch's conv1d, after padding by hand."""
    ends = {"valid": (0, 0), "same": (len(w) // 2, (len(w) - 1) // 2), "circular": (0, len(w) - 1)}
    mode = "circular" if boundary == "circular" else "constant"
    signal = functional.pad(torch.tensor(x)[None, None], ends[boundary], mode=mode)
    return functional.conv1d(signal, torch.tensor(w)[None, None])[0, 0].numpy()


@task("matrix", weight=0.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_signal_of_seven(student, rng, boundary):
    """`correlate1d` agrees with torch for a signal of 7 and a kernel of 3"""
    correlate1d.check(student, rng, boundary=boundary, n=7, m=3)


@task("matrix", weight=0.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_matrix_times_signal(student, rng, boundary):
    """`correlation_matrix` times a signal of 7 is the cross-correlation with a kernel of 3"""
    x, w = normal(rng, 7, 3)
    M = student.correlation_matrix(w, 7, boundary)
    shaped(M, (5 if boundary == "valid" else 7, 7), name="the matrix")
    close(np.asarray(M) @ x, correlate1d(x, w, boundary), name="M @ x")


# 4 conv2d

PAIRS = {name: arg.optional((1, 1)) for name in ("stride", "padding", "dilation")}
BATCH = IMAGE | {size: range(1, 7) for size in ("N", "C", "O")}


@Function.of(
    {
        "x": "N groups*C H W",
        "w": "groups*O C kh kw",
        "b": "groups*O",
        **PAIRS,
        "groups": arg.optional(arg.size("groups")),
    },
    returns="the output",
    sizes=BATCH,
    large=LARGE,
)
def conv2d(x, w, b, **settings):
    return functional.conv2d(*(torch.tensor(a) for a in (x, w, b)), **settings).numpy()


@task("conv2d")
def test_two_channels(student):
    """The example with two channels gives 56, 72, 104, 120; and a bias of 3 adds 3"""
    x = np.stack([np.arange(9.0), np.arange(1.0, 10)]).reshape(1, 2, 3, 3)
    w = np.array([[[[0.0, 1], [2, 3]], [[1, 2], [3, 4]]]])
    close(student.conv2d(x, w, np.zeros(1)), [[[[56, 72], [104, 120]]]])
    close(student.conv2d(x, w, np.full(1, 3.0)), [[[[59, 75], [107, 123]]]])


@task("conv2d", weight=0.5)
@pytest.mark.parametrize(
    "settings",
    [{}, {"stride": (2, 3)}, {"padding": (1, 2)}, {"dilation": (2, 1)}, {"groups": 2}],
    ids=["plain", "stride", "padding", "dilation", "groups"],
)
def test_layer_of_torch(student, rng, settings):
    """`conv2d` agrees with torch on 2 images of 4 × 6 × 8, with 6 kernels of 2 × 3"""
    groups = settings.get("groups", 1)
    channels = {"C": 4 // groups, "O": 6 // groups, "groups": 1}
    conv2d.check(student, rng, N=2, H=6, W=8, kh=2, kw=3, **channels | settings)


# 5 im2col


@Function.of(
    {"x": "N C H W", "kernel": lambda rng, kh, kw: (kh, kw), **PAIRS},
    returns="the columns",
    sizes=BATCH,
    large=LARGE,
)
def im2col(x, kernel, **settings):
    return functional.unfold(torch.tensor(x), kernel, **settings).numpy()


@task("im2col")
def test_nine_pixels(student):
    """The image 0 … 8 gives the columns of the text"""
    cols = [[[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]]
    close(student.im2col(np.arange(9.0).reshape(1, 1, 3, 3), (2, 2)), cols)


@task("im2col")
def test_columns_of_torch(student, rng):
    """`im2col` agrees with torch's unfold on 2 images of 3 × 5 × 6, with a kernel of 2 × 3"""
    im2col.check(student, rng, N=2, C=3, H=5, W=6, kh=2, kw=3)


@task("im2col")
def test_product_is_the_layer(student, rng):
    """`gemm` of torch's columns is torch's convolution"""
    x, w, b = normal(rng, (2, 3, 5, 6), (4, 3, 2, 3), 4)
    close(student.gemm(im2col(x, (2, 3)), w, b, (4, 4)), conv2d(x, w, b), name="the output")


# 6 pooling

POOLS = {"max": functional.max_pool2d, "mean": functional.avg_pool2d}
POOLING = {
    # Mostly negative, so that a zero is no good start for a maximum.
    "x": arg.own(lambda rng, N, C, H, W: rng.uniform(-3, 1, size=(N, C, H, W)), "normal"),
    "size": lambda rng, kh, kw: (kh, kw),
    "stride": arg.fixed((1, 1)),
    "kind": arg.fixed("max"),
}


@Function.of(POOLING, returns="the output", sizes=BATCH, large=LARGE)
def pool2d(x, size, stride, kind):
    return POOLS[kind](torch.tensor(x), tuple(size), tuple(stride)).numpy()


def into_pool(rng, x, size, stride):
    """A gradient of the shape of what pooling returns."""
    return rng.normal(size=pool2d(x, size, stride, "max").shape)


@Function.of(
    {"dy": arg.own(into_pool, "normal")} | POOLING,
    returns="the gradient",
    sizes=BATCH,
    large=LARGE,
)
def pool2d_backward(dy, x, size, stride, kind):
    def loss(x):
        return (POOLS[kind](x, tuple(size), tuple(stride)) * torch.tensor(dy)).sum()

    return slopes(loss, x)[0]


@task("pooling", weight=0.5)
@pytest.mark.parametrize("kind", POOLS)
def test_pool_of_four_by_six(student, rng, kind):
    """`pool2d` agrees with torch on a picture of 4 × 6, in windows of 2 × 3"""
    pool2d.check(student, rng, N=1, C=2, H=4, W=6, kh=2, kw=3, stride=(2, 3), kind=kind)


@task("pooling", weight=0.5)
@pytest.mark.parametrize("kind", POOLS)
def test_pool_gradient(student, rng, kind):
    """`pool2d_backward` agrees with autograd, where windows overlap and where not"""
    sizes = {"N": 1, "C": 2, "H": 4, "W": 6, "kh": 2, "kw": 3}
    for stride in ((2, 3), (1, 2)):
        pool2d_backward.check(student, rng, **sizes, stride=stride, kind=kind)


# 7 conv-backward

BACKWARD = Derivation(
    given=dict.fromkeys(("x0", "x1", "x2", "x3", "w0", "w1", "b", "g0", "g1", "g2"), ()),
    forward={
        "y0": "w0*x0 + w1*x1 + b",
        "y1": "w0*x1 + w1*x2 + b",
        "y2": "w0*x2 + w1*x3 + b",
        "loss": "g0*y0 + g1*y1 + g2*y2",
    },
    lines=[
        Line(f"dl_d{name}", derivative=("loss", name))
        for name in ("b", "w0", "w1", "x0", "x1", "x2", "x3")
    ],
)


def into_layer(rng, x, w, stride=1, padding=0, dilation=1):
    """A gradient of the shape of the layer's output."""
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    return rng.normal(size=conv2d(x, w, np.zeros(len(w)), **settings).shape)


@Function.of(
    {
        "dy": arg.own(into_layer, "normal"),
        "x": "N C H W",
        "w": "O C kh kw",
        **PAIRS,
    },
    returns=("dx", "dw", "db"),
    sizes=BATCH,
    large=LARGE,
)
def conv2d_backward(dy, x, w, **settings):
    def loss(x, w, b):
        return (functional.conv2d(x, w, b, **settings) * torch.tensor(dy)).sum()

    return tuple(slopes(loss, x, w, np.zeros(len(w))))


@task("conv-backward", weight=0.25)
@pytest.mark.parametrize("line", BACKWARD.names)
def test_backward_line(student, line):
    """The line equals the derivative it stands for"""
    BACKWARD.check(student.get("conv_backward_lines"), line)


@task("conv-backward", weight=0.5)
@pytest.mark.parametrize("part", [0, 1, 2], ids=["x", "w", "b"])
def test_backward_of_torch(student, rng, part):
    """This gradient agrees with autograd for 3 images of 2 × 5 × 6, without and with padding"""
    sizes = {"N": 3, "C": 2, "H": 5, "W": 6, "O": 4, "kh": 2, "kw": 3}
    conv2d_backward.check(student, rng, part=part, **sizes)
    conv2d_backward.check(student, rng, part=part, **sizes, padding=(1, 2))


# 8 transposed


@task("transposed")
def test_count_to_48(student):
    """The two filters on 1 … 48 give 1.7, 4.7, … and 2.6, 5.6, …"""
    filters = np.array([[0.5, 0.1], [0.3, 0.2], [0.2, 0.7]])
    truth = np.stack([np.arange(1.7, 47, 3), np.arange(2.6, 48, 3)], axis=1).reshape(4, 4, 2)
    close(student.one_by_one(np.arange(1.0, 49).reshape(4, 4, 3), filters), truth)


@task("transposed")
def test_stamp_of_the_text(student):
    """The 2 × 2 example of the text becomes 3 × 3"""
    square = np.arange(4.0).reshape(1, 1, 2, 2)
    close(student.conv_transpose2d(square, square), [[[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]])


@task("transposed")
def test_adjoint(student, rng):
    """⟨conv(x), y⟩ = ⟨x, convT(y)⟩ for torch's convolution with stride (2, 1)"""
    x, w = normal(rng, (2, 3, 6, 5), (4, 3, 2, 3))
    forward = conv2d(x, w, np.zeros(4), stride=(2, 1))
    y = rng.normal(size=forward.shape)
    back = student.conv_transpose2d(y, w, stride=(2, 1))
    shaped(back, x.shape, name="convT(y)")
    close(np.sum(x * np.asarray(back)), np.sum(forward * y), name="⟨x, convT(y)⟩")


# 9 shift


@task("shift")
def test_gaps_of_simple_maps(student, rng):
    """Twice the image is equivariant, its sum invariant, and its first column neither"""
    x = rng.normal(size=(2, 1, 4, 6))
    twice, _ = unpack(student.shift_gaps(lambda x: 2 * x, x, (1, 2)), 2, name="the result")
    close(twice, 0, name="the equivariance gap of 2 * x")
    both = student.shift_gaps(lambda x: x.sum(axis=(2, 3), keepdims=True), x, (0, 2))
    close(unpack(both, 2, name="the result")[1], 0, name="the invariance gap of the sum")
    first = np.abs(x[..., 4] - x[..., 0]).max() / np.abs(x[..., 0]).max()
    found = student.shift_gaps(lambda x: x[..., :1], x, (0, 2))
    close(found, [first, first], name="the gaps of the first column")


# 10 cnn


FEATURES = "O*((H-kh+1)//2)*((W-kw+1)//2)"
PARAMETERS = {"w": "O C kh kw", "b": "O", "V": arg.weights(f"{FEATURES} K"), "c": "K"}
"""Of a network of one convolution, pooling and K classes."""

LAYERS = (conv2d, conv2d_backward, pool2d, pool2d_backward)
GRADIENTS = {name: f"the gradient of {name}" for name in ("w", "b", "V", "c")}


@Function.of(
    {
        "X": "N C H W",
        "y": arg.own(lambda rng, N, K: rng.permutation(np.arange(N) % K), "integers"),
        "params": PARAMETERS,
        **{layer.name: arg.fixed(layer) for layer in LAYERS},
    },
    returns=("the loss", GRADIENTS),
    batch="N",
    atol=1e-8,
)
def cnn_gradients(X, y, params, *_):
    def loss(w, b, V, c):
        hidden = functional.conv2d(torch.tensor(X), w, b).relu()
        logits = functional.max_pool2d(hidden, 2).flatten(1) @ V + c
        return functional.cross_entropy(logits, torch.tensor(y))

    return loss(*map(torch.tensor, params.values())), slopes(loss, **params)


CNN = {"N": 5, "C": 2, "H": 6, "W": 8, "O": 3, "kh": 3, "kw": 3, "K": 4}


@task("cnn")
def test_cnn_loss(student, rng):
    """The loss agrees with torch for 5 images of 2 × 6 × 8 and 4 classes"""
    cnn_gradients.check(student, rng, part=0, **CNN)


@task("cnn", weight=0.5)
@pytest.mark.parametrize("name", GRADIENTS)
def test_cnn_gradient(student, rng, name):
    """This gradient agrees with autograd for 5 images of 2 × 6 × 8 and 4 classes"""
    call = cnn_gradients.draw(rng, **CNN)
    _, found = unpack(call.pass_to(student.cnn_gradients), 2, name="the result")
    truth = call.pass_to(cnn_gradients)[1][name]
    close(entry(found, name, "the gradients"), truth, N=5, name=GRADIENTS[name])
