"""The marking checks of `convolution`: other sizes, all settings at once, unusual numbers.

Oracles: torch's layers and its autograd in float64, closed forms and Fourier transforms, and
`reference`, our own solution. No two dimensions of a problem are equal, and every check compares
values, so that an empty answer earns nothing. A battery makes calls with sizes that are equal.
"""

from itertools import product

import numpy as np
import pytest
import torch
from checks import (
    BACKWARD,
    BOUNDARIES,
    LARGE,
    PAIRS,
    POOLS,
    SIGNAL,
    cnn_gradients,
    conv2d,
    conv2d_backward,
    convolve,
    correlate,
    correlate1d,
    im2col,
    into_layer,
    pool2d,
    pool2d_backward,
    seen_by,
)
from torch.nn import functional

from autograder.checks import Function, arg, close, entry, in_torch, normal, task, unchanged

# Task 1, arithmetic

AXES = [(31, 4, 3, 2, 1), (50, 3, 4, 1, 5), (17, 5, 2, 3, 2), (9, 9, 7, 0, 1), (40, 1, 3, 0, 6)]
RANGES = (range(1, 10), range(1, 5), range(1, 7), range(3), range(1, 4))
STACKS = {
    "for no layer": [],
    "for one layer": [(5, 1, 1)],
    "for strides": [(3, 2, 1), (4, 3, 1), (2, 1, 1)],
    "for dilations": [(2, 1, 3), (5, 1, 2)],
    "for strides and dilations": [(4, 3, 2), (3, 2, 4), (5, 1, 1)],
    "for kernels of one pixel": [(1, 4, 1), (3, 1, 1), (3, 5, 1)],
    "for layers that are alike": [(3, 2, 1), (3, 2, 1), (2, 1, 2), (3, 2, 1)],
    "where inputs are not seen": [(2, 5, 1), (2, 1, 3)],
    "for many layers": [(2, 1, 1)] * 12 + [(3, 2, 2), (2, 1, 1)],
}


def whole(low, high):
    """A whole number between the two."""
    return lambda rng: int(rng.integers(low, high))


@Function.of(
    {
        "n": whole(20, 40),
        "kernel": whole(2, 6),
        "stride": arg.optional(whole(2, 5)),
        "padding": arg.optional(whole(1, 4)),
        "dilation": arg.optional(whole(2, 4)),
    },
    returns="the size",
)
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    """How often the kernel fits, counted place by place."""
    return len(range(-padding, n + padding - dilation * (kernel - 1), stride))


@task("arithmetic", weight=2)
def test_output_sizes(student, reference, rng):
    """`output_size` is right where strides do not come out even, with padding and dilation"""
    output_size.battery(student, rng, reference)
    every = [
        (n, k, s, p, d) for n, k, s, p, d in product(*RANGES) if n + 2 * p > d * (k - 1)
    ] + AXES
    got, _ = student.output_size.each([(settings, {}) for settings in every])
    close(got, [output_size(*settings) for settings in every], name="the sizes")


@Function.of(
    {"layers": lambda rng: [tuple(n) for n in rng.integers(1, 5, size=(3, 3)).tolist()]},
    returns="the field",
)
def receptive_field(layers):
    return seen_by(layers)


@task("arithmetic", weight=2)
def test_receptive_fields(student, reference, rng):
    """`receptive_field` is as far as the gradient of one output reaches, for any stack of layers"""
    also = {where: {"layers": layers} for where, layers in STACKS.items()}
    receptive_field.battery(student, rng, reference, also=also)


def own_numbers(numbers):
    """By closed forms: what each entry of my_numbers is, and what it is with usual mistakes."""
    own, lenet = numbers["layer"], numbers["lenet"]
    keys = ("image", "kernel", "stride", "padding", "dilation")
    height, width = (output_size(*(own[key][axis] for key in keys)) for axis in (0, 1))
    weights = own["filters"] * own["channels"] * own["kernel"][0] * own["kernel"][1]
    k, L = numbers["dilated"].values()
    wide, narrow = numbers["bottleneck"].values()
    blocks, maps = 2 * sum(numbers["resnet"]["blocks"]), numbers["maps"]
    (first, second), size = lenet["filters"], lenet["kernel"]
    side = ((lenet["image"] - size + 1) // 2 - size + 1) // 2
    units = [second * side**2, *lenet["dense"]]
    dense = sum((a + 1) * b for a, b in zip(units[:-1], units[1:], strict=True))
    total = first * (size**2 + 1) + second * (first * size**2 + 1) + dense
    squeezed = wide * narrow + 9 * narrow**2
    return {  # public
        "height": (height, {"this is the width": width}),
        "width": (width, {"this is the height": height}),
        "parameters": (weights + own["filters"], {"the biases are missing": weights}),
        "dilated_field": (
            1 + (k - 1) * (2**L - 1),
            {"the dilations grow: 1, 2, 4, …": 1 + (k - 1) * L},
        ),
        "lenet": (total, {"the biases are missing": total - first - second - sum(lenet["dense"])}),
        "bottleneck": (
            squeezed + narrow * wide,
            {"the 1×1 convolution back is missing": squeezed},
        ),
        "resnet": (
            blocks + 2,
            {"the first convolution and the dense layer are missing": blocks},
        ),
        "pooled": (maps[0], {"this is before the pooling": maps[0] * maps[1] * maps[2]}),
    }


@task("arithmetic")
@pytest.mark.parametrize(
    "name",
    ["height", "width", "parameters", "dilated_field", "lenet", "bottleneck", "resnet", "pooled"],
)
def test_own_number(student, variant, name):
    """This entry of `my_numbers` is right for the student's own numbers"""
    truth, mistakes = own_numbers(variant)[name]
    close(entry(student.get("my_numbers"), name, "my_numbers"), truth, name=name, mistakes=mistakes)


# Task 2, flip

FLIPS = [(6, 4, 3, 4), (3, 8, 3, 1), (3, 4, 3, 4), (3, 3, 3, 3), (5, 4, 1, 1), (1, 1, 1, 1)]
FLIPS += [(37, 34, 2, 3), (14, 13, 11, 12)]
LARGER = [(2, 3, 4, 2), (3, 2, 2, 5), (2, 2, 3, 5), (1, 1, 3, 2)]


@task("flip", weight=2)
@pytest.mark.parametrize("kind", ["correlate", "convolve", "full"])
def test_flip(student, reference, rng, kind):
    """This result is right in all sizes, for unusual numbers and call after call"""
    function = correlate if kind == "correlate" else convolve
    also = {
        f"where x is {H} × {W} and k {kh} × {kw}": {"H": H, "W": W, "kh": kh, "kw": kw}
        for H, W, kh, kw in (FLIPS + LARGER if kind == "full" else FLIPS)
    }
    symmetric = np.array([[1.0, 2.0, -3.0], [2.0, 5.0, 4.0], [-3.0, 4.0, 7.0]])
    also["where the kernel is its own transpose"] = {"k": symmetric}
    given = {"full": True} if kind == "full" else {}
    function.battery(student, rng, reference, also=also, **given)


# Task 3, matrix

LENGTHS = [(9, 4), (6, 1), (5, 5), (7, 2), (6, 6), (2, 2), (1, 1), (40, 3), (37, 24)]


@Function.of(
    {"w": "m", "n": arg.size("n"), "boundary": arg.fixed("valid")},
    returns="the matrix",
    sizes=SIGNAL,  # public
    large=LARGE,  # public
)
def correlation_matrix(w, n, boundary):
    """Column by column: what the kernel makes of a single one among zeros."""
    return np.stack([correlate1d(e, w, boundary) for e in np.eye(n)], axis=1)


@task("matrix", weight=1.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
@pytest.mark.parametrize(
    "function", [correlate1d, correlation_matrix], ids=lambda function: function.name
)
def test_matrix(student, reference, rng, function, boundary):
    """The function is right for all lengths, kernels of even length, of 1 and of n among them"""
    also = {f"where n = {n} and m = {m}": {"n": n, "m": m} for n, m in LENGTHS}
    also["for a kernel that ends in zeros"] = {"w": np.array([0.0, 0.0, 2.0, 1.0, 0.0])}
    function.battery(student, rng, reference, boundary=boundary, also=also)


# Task 4, conv2d

SIZES = ("N", "C", "H", "W", "O", "kh", "kw")


def sized(*sizes, **settings):
    """The sizes of a layer, and its settings."""
    return dict(zip(SIZES, sizes, strict=True)) | settings


@arg.own
def steps(rng):
    """A stride or a dilation."""
    return tuple(rng.integers(1, 3, size=2).tolist())


@arg.own
def edges(rng, H, W, kh, kw, dilation):
    """A padding with which the kernel fits."""
    axes = zip((H, W), (kh, kw), dilation, strict=True)
    missing = (d * (k - 1) + 1 - n for n, k, d in axes)
    return tuple(max(0, (n + 1) // 2) + int(rng.integers(3)) for n in missing)


@arg.own
def turned(rng, N, C, H, W):
    """Images that lie in memory the other way round."""
    return rng.normal(size=(W, H, C, N)).T


SETTINGS = {"stride": steps, "padding": edges, "dilation": steps}
WHOLE_PICTURE = {"H": 3, "W": 4, "kh": 3, "kw": 4}
PLAIN = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1)}
CORNERS = {
    "where the kernel is one pixel": {"kh": 1, "kw": 1, "stride": (2, 3), "padding": (1, 2)},
    "where the kernel is as large as the image": WHOLE_PICTURE | PLAIN,
    "where the image is one pixel": {"H": 1, "W": 1, "kh": 1, "kw": 1} | PLAIN,
    # The battery's own call of this kind has a padding, which copies the images.
    "where an image like `X.T` has no padding": {"x": turned} | PLAIN,
    "for many images": {"N": 40, "C": 1, "H": 3, "W": 4, "kh": 2, "kw": 2} | PLAIN,
    "for many channels": {"N": 1, "C": 19, "H": 3, "W": 4, "kh": 2, "kw": 3} | PLAIN,
    "for a large image": {"N": 1, "C": 1, "H": 37, "W": 34, "kh": 2, "kw": 3} | PLAIN,
    "for a large kernel": {"N": 1, "C": 1, "H": 12, "W": 13, "kh": 11, "kw": 12} | PLAIN,
    "for large settings": {"N": 1, "C": 1, "H": 9, "W": 8, "kh": 2, "kw": 2}
    | {"stride": (6, 7), "padding": (9, 8), "dilation": (7, 6)},
    "where windows see nothing but padding": {"kh": 2, "kw": 3} | PLAIN | {"padding": (3, 4)},
    "after another padding": {"H": 7, "W": 8, "N": 2, "C": 3} | PLAIN | {"padding": (3, 2)},
    "where the padding was other": {"H": 9, "W": 10, "N": 2, "C": 3} | PLAIN | {"padding": (2, 1)},
    "where the padding is other again": {"H": 7, "W": 8, "N": 2, "C": 3}
    | PLAIN
    | {"padding": (3, 2)},
}
"""Calls that no battery knows of, for functions of an image and a kernel."""

PROBLEMS = {
    "everything": sized(
        *(2, 2, 9, 15, 3, 2, 3), stride=(2, 3), padding=(1, 2), dilation=(3, 2), groups=2
    ),
    "a tall kernel": sized(3, 2, 10, 5, 4, 5, 1, stride=(1, 2), padding=(0, 1)),
    "a wide kernel": sized(1, 3, 4, 10, 2, 1, 4, padding=(2, 0), dilation=(1, 2)),
    "uneven strides": sized(2, 1, 7, 13, 3, 3, 2, stride=(3, 3), dilation=(1, 4)),
    "depthwise": sized(2, 1, 5, 6, 2, 3, 2, groups=3),
}


@task("conv2d", weight=1.5)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_layer(student, reference, rng, problem):
    """The layer agrees with torch, all its settings in use, and leaves its arguments alone"""
    conv2d.check(student, rng, reference, **{"groups": 1} | PROBLEMS[problem])


@task("conv2d", weight=1.5)
def test_layer_in_all_sizes(student, reference, rng):
    """`conv2d` is right in all sizes, for unusual numbers and call after call"""
    channels = [(3, 1, 1), (4, 1, 2), (2, 3, 1), (2, 2, 2), (3, 2, 4), (12, 1, 1), (1, 1, 17)]
    also = CORNERS | {
        f"for {g} groups of {C} and {outputs} channels": {"groups": g, "C": C, "O": outputs, "N": 2}
        for g, C, outputs in channels
    }
    map_of_four = sized(2, 3, 5, 6, 4, 2, 3) | PLAIN
    also["where there are as many channels as rows and columns"] = map_of_four
    conv2d.battery(student, rng, reference, groups=1, also=also, **SETTINGS)


# Task 5, im2col

WINDOWS = {
    "stride": sized(2, 3, 7, 13, 4, 2, 3, stride=(2, 3)),
    "padding": sized(2, 2, 3, 5, 3, 2, 3, padding=(2, 1)),
    "dilation": sized(1, 2, 7, 9, 4, 3, 2, dilation=(2, 3)),
    "everything": sized(3, 2, 8, 13, 4, 2, 3, stride=(3, 2), padding=(2, 1), dilation=(3, 2)),
}


@task("im2col")
@pytest.mark.parametrize("problem", WINDOWS)
def test_columns(student, reference, rng, problem):
    """The columns agree with torch's unfold; the image is left alone"""
    given = {key: value for key, value in WINDOWS[problem].items() if key != "O"}
    im2col.check(student, rng, reference, **given)


@task("im2col")
def test_columns_in_all_sizes(student, reference, rng):
    """`im2col` is right in all sizes, for unusual numbers and call after call"""
    im2col.battery(student, rng, reference, also=CORNERS, **SETTINGS)


@Function.of(
    {
        "cols": "N C*kh*kw p*q",
        "w": "O C kh kw",
        "b": "O",
        "size": lambda rng, p, q: (p, q),
    },
    sizes={size: range(1, 9) for size in ("N", "C", "O", "kh", "kw", "p", "q")},
    large=LARGE,  # public
)
@in_torch
def gemm(cols, w, b, size):
    return torch.einsum("nkp,ok->nop", cols, w.flatten(1)).unflatten(2, size) + b[:, None, None]


@task("im2col", weight=2)
def test_gemm(student, reference, rng):
    """`gemm` turns any columns into the layer's output, in all sizes and call after call"""
    also = {
        "where there are as many channels as columns": {"O": 6, "p": 2, "q": 3},
        "where there are as many rows of `cols` as columns": {
            "C": 2,
            "kh": 1,
            "kw": 3,
            "p": 6,
            "q": 1,
        },
        "where the weights are square": {"O": 6, "C": 3, "kh": 2, "kw": 1},
        "for many images": {"N": 40},
        "for many channels": {"O": 17, "C": 19},
        "for a large image": {"p": 31, "q": 33},
    }
    gemm.battery(student, rng, reference, also=also)


# Task 6, pooling

POOLINGS = {
    "tiles": ((2, 3, 4, 9), (2, 3), (2, 3)),
    "overlapping": ((3, 2, 6, 7), (3, 2), (1, 1)),
    "overlapping, uneven strides": ((2, 1, 7, 14), (3, 4), (2, 3)),
    "something is left over": ((1, 3, 5, 11), (2, 3), (2, 3)),
    "gaps": ((2, 2, 7, 6), (1, 2), (3, 4)),
}


def pooling(problem):
    shape, size, stride = POOLINGS[problem]
    return dict(zip(SIZES[:4], shape, strict=True)) | {"size": size, "stride": stride}


@task("pooling")
@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("problem", POOLINGS)
def test_pool(student, reference, rng, problem, kind):
    """`pool2d` agrees with torch, negative pixels included, and leaves them alone"""
    pool2d.check(student, rng, reference, kind=kind, **pooling(problem))


@task("pooling", weight=1.5)
@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("problem", POOLINGS)
def test_pool_backward(student, reference, rng, problem, kind):
    """`pool2d_backward` agrees with autograd, and leaves its arguments alone"""
    pool2d_backward.check(student, rng, reference, kind=kind, **pooling(problem))


@arg.own
def window(rng, kh, kw):
    """A stride, smaller or larger than the window or as large."""
    return tuple(max(1, n + int(rng.integers(-1, 2))) for n in (kh, kw))


def strides():
    """Windows that overlap, touch or leave gaps, in either direction."""
    words = {-1: "overlap", 0: "touch", 1: "leave gaps"}
    for down, right in product(words, words):
        where = f"where windows {words[down]} downwards and {words[right]} to the right"
        yield where, {"kh": 2, "kw": 3, "stride": (2 + down, 3 + right)}


BELOW_ZERO = {
    "for negative pixels": {"x": arg.uniform("N C H W", -9, -3)},
    "for pixels far below zero": {"x": arg.uniform("N C H W", -3e12, -1e12)},
}
FLAT = {"where the image is one window": {"H": 3, "W": 4, "kh": 3, "kw": 4}}
MANY = {
    "for many images": {"N": 40, "C": 1, "H": 3, "W": 4, "kh": 2, "kw": 2},
    "for many channels": {"N": 1, "C": 19, "H": 3, "W": 4, "kh": 2, "kw": 2},
    "for a large image": {"N": 1, "C": 1, "H": 31, "W": 34, "kh": 2, "kw": 3},
    "for a large window": {"N": 1, "C": 1, "H": 13, "W": 14, "kh": 12, "kw": 11},
}


@task("pooling", weight=1.5)
@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("function", [pool2d, pool2d_backward], ids=lambda each: each.name)
def test_pooling_in_all_sizes(student, reference, rng, function, kind):
    """This function is right in all sizes, for all strides, unusual numbers and call after call"""
    also = dict(strides()) | BELOW_ZERO | FLAT | MANY
    function.battery(student, rng, reference, kind=kind, stride=window, also=also)


@task("pooling")
def test_near_ties(student, reference, rng):
    """The gradient goes to the largest pixel, however near the next one is"""
    x = arg.own(lambda rng: 5 + 1e-14 * rng.permutation(2 * 6 * 8).reshape(1, 2, 6, 8))
    pool2d_backward.check(student, rng, reference, x=x, size=(3, 4), stride=(1, 2))


@task("pooling", weight=2)
def test_ties(student, reference, rng):
    """Among equal largest pixels the first in reading order gets the whole gradient"""
    x = arg.own(lambda rng: rng.integers(-2, 1, size=(2, 3, 6, 8)).astype(float))
    pool2d_backward.check(student, rng, reference, x=x, size=(3, 4), stride=(1, 2))


# Task 7, conv-backward

FOLLOWING = BACKWARD.following(
    {
        "dl_db": "g2 + g1 + g0",
        "dl_dw0": "x0*g0 + x1*g1 + x2*g2",
        "dl_dw1": "x1*g0 + x2*g1 + x3*g2",
        "dl_dx0": "w0*g0",
        "dl_dx1": "w0*g1 + w1*g0",
        "dl_dx2": "w0*g2 + w1*g1",
        "dl_dx3": "w1*g2",
    }
)


@task("conv-backward", weight=0.5)
@pytest.mark.parametrize("line", FOLLOWING.names)
def test_backward_step(student, line):
    """The line is right, given the lines above it"""
    FOLLOWING.check(student.get("conv_backward_lines"), line)


BACK_PROBLEMS = {
    "stride": sized(2, 3, 8, 6, 2, 3, 2, stride=(2, 3)),
    "padding": sized(1, 2, 4, 6, 3, 3, 2, padding=(2, 1)),
    "dilation": sized(2, 2, 7, 9, 3, 2, 3, dilation=(3, 2)),
    "everything": sized(2, 3, 8, 13, 4, 2, 3, stride=(3, 2), padding=(2, 1), dilation=(2, 3)),
}


@task("conv-backward")
@pytest.mark.parametrize("part", [0, 1, 2], ids=["x", "w", "b"])
@pytest.mark.parametrize("problem", BACK_PROBLEMS)
def test_backward(student, reference, rng, problem, part):
    """This gradient agrees with autograd; the arguments stay as they are"""
    conv2d_backward.check(student, rng, reference, part=part, **BACK_PROBLEMS[problem])


FAINT = {
    "dy": arg.own(lambda rng, x, w: 1e-9 * into_layer(rng, x, w)),
    "x": arg.own(lambda rng, N, C, H, W: 1e9 * rng.normal(size=(N, C, H, W))),
    "w": arg.own(lambda rng, O, C, kh, kw: 1e9 * rng.normal(size=(O, C, kh, kw))),  # noqa: E741
}


@task("conv-backward", weight=2)
def test_backward_in_all_sizes(student, reference, rng):
    """`conv2d_backward` is right in all sizes, for unusual numbers and call after call"""
    also = CORNERS | {
        "for many kernels": {"O": 17, "N": 2, "C": 1},
        "where gradients are small and pixels and weights large": FAINT | PLAIN,
    }
    conv2d_backward.battery(student, rng, reference, also=also, **SETTINGS)


# Task 8, transposed


@Function.of({"x": "H W C", "w": "C O"}, returns="the output", large=LARGE)
def one_by_one(x, w):
    return np.einsum("ijc,co->ijo", x, w)


@task("transposed", weight=1.5)
def test_one_by_one(student, reference, rng):
    """`one_by_one` mixes channels at every pixel, in all sizes and call after call"""
    also = {"for a large image": {"H": 31, "W": 34}, "for many channels": {"C": 40, "O": 35}}
    one_by_one.battery(student, rng, reference, also=also)


@Function.of(
    {"y": "N O H W", "w": "O C kh kw", "stride": PAIRS["stride"], "padding": PAIRS["padding"]},
    sizes={size: range(1, 9) for size in SIZES},
    large=LARGE,  # public
)
@in_torch
def conv_transpose2d(y, w, **settings):
    return functional.conv_transpose2d(y, w, **settings)


TRANSPOSED = {
    "stride": sized(1, 3, 3, 4, 2, 3, 2, stride=(2, 3)),
    "padding": sized(2, 4, 5, 3, 2, 3, 4, padding=(1, 2)),
    "stride and padding": sized(2, 3, 3, 5, 4, 5, 4, stride=(3, 2), padding=(2, 1)),
}


@task("transposed", weight=2)
@pytest.mark.parametrize("problem", TRANSPOSED)
def test_transposed(student, reference, rng, problem):
    """The transposed convolution agrees with torch, and leaves its arguments alone"""
    conv_transpose2d.check(student, rng, reference, **TRANSPOSED[problem])


@arg.own
def cut(rng, H, W, kh, kw, stride):
    """A padding that leaves something."""
    canvas = ((n - 1) * s + k for n, k, s in zip((H, W), (kh, kw), stride, strict=True))
    return tuple(min(int(rng.integers(3)), (n - 1) // 2) for n in canvas)


STAMPS = {
    "where stamps leave gaps": {"N": 2, "C": 3, "H": 3, "W": 4, "kh": 2, "kw": 1, "stride": (3, 2)},
    "where more rows than a kernel are cut off": {
        "H": 6,
        "W": 7,
        "kh": 2,
        "kw": 1,
        "padding": (3, 2),
    },
    "for many images": {"N": 40, "C": 1, "O": 1, "H": 3, "W": 2},
    "for many channels": {"N": 1, "C": 19, "O": 17, "H": 3, "W": 2},
    "for a large image": {"N": 1, "C": 1, "O": 1, "H": 31, "W": 34},
    "with padding downwards only": {"padding": (1, 0), "kh": 4, "kw": 3},
    "with padding to the right only": {"padding": (0, 1), "kh": 3, "kw": 4},
}


@task("transposed", weight=2)
def test_transposed_in_all_sizes(student, reference, rng):
    """`conv_transpose2d` is right in all sizes, for unusual numbers and call after call"""
    also = STAMPS | {"where stamps leave gaps again": STAMPS["where stamps leave gaps"]}
    conv_transpose2d.battery(student, rng, reference, stride=steps, padding=cut, also=also)


# Task 9, shift

WEIGHTS = np.sin(np.arange(36.0) ** 2).reshape(2, 3, 2, 3)
MAPS = {
    "a convolution": (
        lambda x: conv2d(x, WEIGHTS, np.array([-2.0, -5.0]), padding=(1, 1)),
        (2, 1),
        (1, 1),
    ),
    "max pooling": (lambda x: pool2d(x, (2, 3), (2, 3), "max"), (4, 6), (2, 3)),
    "mean pooling": (lambda x: pool2d(x, (3, 3), (2, 3), "mean") - 2, (2, 3), (2, 3)),
    "every sixth pixel": (lambda x: x[:, :, ::2, ::3] ** 2 - 2, (2, -6), (2, 3)),
    "tiny values": (lambda x: 1e-9 * x[:, :, ::2, ::3], (2, -3), (2, 3)),
    "values that hardly differ": (lambda x: 1 + 1e-6 * x[:, :1], (1, 4), (1, 1)),
    "a part of the squares": (lambda x: x[:, :, :2] ** 2 - 3, (1, -2), (1, 1)),
}


def rolled(x, down, right):
    """x moved by whole pixels, written out as indices."""
    rows, columns = np.arange(x.shape[2]) - down, np.arange(x.shape[3]) - right
    return np.take(np.take(x, rows, axis=2, mode="wrap"), columns, axis=3, mode="wrap")


@Function.of(
    {"f": arg.fixed(None), "x": "N C H W", "shift": arg.fixed(None), "stride": arg.optional(None)},
    returns=("the equivariance gap", "the invariance gap"),
    sizes={"H": range(5, 13), "W": range(5, 13)},
)
def shift_gaps(f, x, shift, stride):
    still, moved = f(x), f(rolled(x, *shift))
    along = rolled(still, shift[0] // stride[0], shift[1] // stride[1])
    return tuple(np.abs(moved - other).max() / np.abs(still).max() for other in (along, still))


@task("shift")
@pytest.mark.parametrize("kind", MAPS)
def test_gaps(student, reference, rng, kind):
    """Both gaps of this map are right, for shifts down and to the right; the images are left alone"""
    f, shift, stride = MAPS[kind]
    given = {"f": f, "shift": shift, "stride": stride}
    shift_gaps.check(student, rng, reference, N=2, C=3, H=8, W=15, **given)


@task("shift")
def test_gaps_of_a_part_of_the_images(student, rng):
    """Nothing is written into what `f` returns: it may be the images themselves"""
    x = rng.normal(size=(2, 3, 5, 7))
    # A function that lives where the student's does: what it returns is its argument.
    found = student.shift_gaps(student.ref("np").asarray, x, (1, 3))
    unchanged(student)
    close(found, shift_gaps(lambda x: x, x, (1, 3), (1, 1)), name=shift_gaps.returns)


@task("shift")
def test_gaps_in_all_sizes(student, reference, rng):
    """`shift_gaps` is right in all sizes, for shifts that are negative, zero or longer than the image"""
    shifts = [(0, 0), (0, -3), (-2, 0), (2, 9), (26, -39)]
    also = {f"for a shift of {shift}": {"shift": shift} for shift in shifts}
    also["for many images"] = {"N": 40}
    given = {"f": MAPS["every sixth pixel"][0], "shift": (-4, 3), "stride": (2, 3)}
    shift_gaps.battery(student, rng, reference, also=also, **given)


# Task 10, cnn

NETWORKS = {
    "odd maps": sized(7, 2, 7, 9, 4, 3, 2, K=5),
    "many classes": sized(4, 1, 6, 7, 3, 1, 2, K=11),
}


@task("cnn", weight=1.5)
@pytest.mark.parametrize("part", [0, 1], ids=["the loss", "its gradients"])
@pytest.mark.parametrize("problem", NETWORKS)
def test_network(student, reference, rng, problem, part):
    """This agrees with autograd, and no argument is changed"""
    cnn_gradients.check(student, rng, reference, part=part, **NETWORKS[problem])


BLANK = arg.own(lambda rng, N, C, H, W: np.zeros((N, C, H, W)))


@arg.own
def at_the_kink(rng, C, H, W, O, kh, kw, K):  # noqa: E741
    """Biases of zero: where the images are blank, too, the ReLU is at its kink."""
    return cnn_parameters(rng, C, H, W, O, kh, kw, K) | {"b": np.zeros(O)}


@arg.own
def near_the_kink(rng, C, H, W, O, kh, kw, K):  # noqa: E741
    """Biases so near zero that any difference of losses reaches beyond it."""
    params = cnn_parameters(rng, C, H, W, O, kh, kw, K)
    return params | {"b": 1e-9 * params["b"]}


KINKS = {
    "where images are blank and biases zero": {"X": BLANK, "params": at_the_kink},
    "where images are blank and biases tiny": {"X": BLANK, "params": near_the_kink},
}


@task("cnn", weight=1.5)
def test_network_in_all_sizes(student, reference, rng):
    """`cnn_gradients` is right in all sizes, for unusual numbers and call after call"""
    without = {"large": "logits are not larger than 1000"}
    also = KINKS | {
        "where V is square": {"O": 2, "K": 8},
        "where all labels are the last": {"N": 3, "K": 5, "y": np.array([4, 4, 4])},
        "for many images": {"N": 40},
        "for many classes": {"K": 25, "O": 12, "N": 3},
        "where classes do not occur": {"N": 4, "K": 6, "y": np.array([3, 1, 3, 4])},
    }
    image = {"C": 2, "H": 5, "W": 6, "kh": 2, "kw": 3}
    cnn_gradients.battery(student, rng, reference, without=without, also=also, **image)


def cnn_parameters(rng, C, H, W, O, kh, kw, K):  # noqa: E741
    """The parameters of a network, as declared."""
    features = O * ((H - kh + 1) // 2) * ((W - kw + 1) // 2)
    w, b, V, c = normal(rng, (O, C, kh, kw), O, (features, K), K)
    return {"w": w, "b": b, "V": V / features**0.5, "c": c}


@arg.own
def far_classes(rng, C, H, W, O, kh, kw, K):  # noqa: E741
    """Logits of one sample that are far apart."""
    params = cnn_parameters(rng, C, H, W, O, kh, kw, K)
    return params | {"V": 100 * params["V"], "c": np.array([-1000.0, 1000.0, 0.0, 700.0])}


@arg.own
def far_samples(rng, X, C, H, W, O, kh, kw, K):  # noqa: E741
    """Logits of one sample that are near each other, and far from those of the next."""
    params = cnn_parameters(rng, C, H, W, O, kh, kw, K)
    params["b"] /= 100
    hidden = np.maximum(conv2d(X, params["w"], params["b"]), 0)
    features = pool2d(hidden, (2, 2), (2, 2), "max").sum(axis=(1, 2, 3))
    return params | {"V": params["V"] + 900 / features.max()}


@arg.own
def one_faint(rng, N, C, H, W):
    """Images, the first of which is faint."""
    return rng.normal(size=(N, C, H, W)) * np.where(np.arange(N) == 0, 0.01, 1)[:, None, None, None]


FAR = {"classes": {"params": far_classes}, "samples": {"params": far_samples, "X": one_faint}}


@task("cnn")
@pytest.mark.parametrize("far", FAR)
def test_large_logits(student, reference, rng, far):
    """Logits up to ±1000 that are far apart give the right loss and gradients, not nan or inf"""
    cnn_gradients.check(student, rng, reference, **sized(3, 2, 5, 6, 3, 2, 3, K=4), **FAR[far])
