"""The marking checks of `convolution`: other sizes, all settings at once, oracles of their own.

Oracles: torch's layers and its autograd in float64, closed forms and Fourier transforms written
here, and `reference`, our own solution. No two dimensions of a problem are equal, and every check
compares values, so that an empty answer earns nothing.
"""

import dataclasses
import math

import numpy as np
import pytest
import torch
from checks import (
    BACKWARD,
    BOUNDARIES,
    GRADIENTS,
    LAYER_NAMES,
    LAYERS,
    POOLS,
    by_torch,
    by_torch_1d,
    cnn_logits,
    cnn_problem,
    cnn_truth,
    entry,
    layer_answer,
    layer_gradients,
    layer_problem,
    pool_truth,
    seen_by,
    valid,
)
from torch.nn import functional

from autograder.checks import Derivation, close, gradient, task, unchanged, unpack

# Task 1, arithmetic

ONE_AXIS = [(31, 4, 3, 2, 1), (50, 3, 4, 1, 5), (17, 5, 2, 3, 2), (9, 9, 7, 0, 1), (40, 1, 3, 0, 6)]


def places(n, kernel, stride, padding, dilation):
    """How often the kernel fits, counted place by place."""
    last = n + padding - dilation * (kernel - 1)
    return len(range(-padding, last, stride))


def size_with(round_=math.floor, zeros=False, sides=2):
    """The formula with a usual mistake in it, on each of ONE_AXIS."""

    def size(n, kernel, stride, padding, dilation):
        reach = (dilation + zeros) * (kernel - 1) + 1
        return round_((n + sides * padding - reach) / stride) + 1

    return [size(*settings) for settings in ONE_AXIS]


@task("arithmetic", weight=2)
def test_output_sizes(student, reference):
    """`output_size` is right where strides do not come out even, with padding and dilation"""
    mistakes = {
        "this is the ceiling: a last step that does not fit is not made": size_with(math.ceil),
        "the division is not rounded down": size_with(lambda quotient: quotient),
        "dilation is the distance of two entries, not the number of zeros": size_with(zeros=True),
        "padding is added on both sides": size_with(sides=1),
    }
    got = [student.output_size(*settings) for settings in ONE_AXIS]
    truth = [places(*settings) for settings in ONE_AXIS]
    close(got, truth, name="the sizes", mistakes=mistakes)
    plain = [reference.output_size(21, 4), reference.output_size(21, 4, 3)]
    close([student.output_size(21, 4), student.output_size(21, 4, 3)], plain, name="the defaults")


STACKS = [
    [(5, 1, 1)],
    [(3, 2, 1), (4, 3, 1), (2, 1, 1)],
    [(2, 1, 3), (5, 1, 2)],
    [(4, 3, 2), (3, 2, 4), (5, 1, 1)],
    [(1, 4, 1), (3, 1, 1), (3, 5, 1)],
]


def field_with(strides="earlier", zeros=False):
    """The rule with a usual mistake in it, on each of STACKS."""

    def field(layers):
        reach, distance = 1, 1
        for kernel, stride, dilation in layers:
            distance *= stride if strides == "own" else 1
            reach += (kernel - 1) * (dilation + zeros) * distance
            distance *= stride if strides == "earlier" else 1
        return reach

    return [field(layers) for layers in STACKS]


@task("arithmetic", weight=2)
def test_receptive_fields(student):
    """`receptive_field` is as far as the gradient of one output reaches, for any stack of layers"""
    mistakes = {
        "the strides of earlier layers are left out": field_with("none"),
        "a stride counts from the next layer on, not in its own": field_with("own"),
        "dilation is the distance of two entries, not the number of zeros": field_with(zeros=True),
    }
    got = [student.receptive_field(layers) for layers in STACKS]
    close(got, [seen_by(layers) for layers in STACKS], name="the fields", mistakes=mistakes)
    close(student.receptive_field([]), 1, name="the field of no layer")


def own_numbers(numbers):
    """By closed forms: what each entry of my_numbers is, and what it is with usual mistakes."""
    own, dilated, lenet = numbers["layer"], numbers["dilated"], numbers["lenet"]
    axes = [
        [own[key][axis] for key in ("image", "kernel", "stride", "padding", "dilation")]
        for axis in (0, 1)
    ]
    height, width = (places(*axis) for axis in axes)
    weights = own["filters"] * own["channels"] * own["kernel"][0] * own["kernel"][1]
    k, L = dilated["kernel"], dilated["layers"]
    wide, narrow = numbers["bottleneck"]["wide"], numbers["bottleneck"]["narrow"]
    blocks = sum(numbers["resnet"]["blocks"])
    maps = numbers["maps"]
    return {  # public
        "height": (height, {"this is the width": width}),
        "width": (width, {"this is the height": height}),
        "parameters": (
            weights + own["filters"],
            {
                "the biases are missing": weights,
                "one bias for each output channel, not for each position": weights
                + own["filters"] * height * width,
                "each filter has weights for every input channel": weights // own["channels"]
                + own["filters"],
            },
        ),
        "dilated_field": (
            1 + (k - 1) * (2**L - 1),
            {
                "the dilations grow: 1, 2, 4, …": 1 + (k - 1) * L,
                "L layers have the dilations 1 to 2^(L-1)": 1 + (k - 1) * (2 ** (L + 1) - 1),
            },
        ),
        "lenet": lenet_count(lenet),
        "bottleneck": (
            2 * wide * narrow + 9 * narrow**2,
            {
                "these are the weights of one 3×3 convolution": 9 * wide**2,
                "the 1×1 convolution back is missing": wide * narrow + 9 * narrow**2,
                "there are biases in it": 2 * wide * narrow + 9 * narrow**2 + 2 * narrow + wide,
            },
        ),
        "resnet": (
            2 * blocks + 2,
            {
                "the first convolution and the dense layer are missing": 2 * blocks,
                "a block has two convolutions": blocks + 2,
            },
        ),
        "pooled": (
            maps[0],
            {
                "this is before the pooling": maps[0] * maps[1] * maps[2],
                "one number remains of each map, not of each position": maps[1] * maps[2],
            },
        ),
    }


def lenet_count(lenet):
    """All parameters, and what they are with usual mistakes."""
    first, second = lenet["filters"]  # public
    k, side = (
        lenet["kernel"],
        ((lenet["image"] - lenet["kernel"] + 1) // 2 - lenet["kernel"] + 1) // 2,
    )
    units = [second * side**2, *lenet["dense"]]
    dense = sum((a + 1) * b for a, b in zip(units[:-1], units[1:], strict=True))
    biases = first + second + sum(lenet["dense"])
    total = first * (k**2 + 1) + second * (first * k**2 + 1) + dense
    return total, {
        "the biases are missing": total - biases,
        "each filter of the second layer sees all maps of the first": total
        - second * (first - 1) * k**2,
    }


@task("arithmetic")
@pytest.mark.parametrize(
    "name",
    ["height", "width", "parameters", "dilated_field", "lenet", "bottleneck", "resnet", "pooled"],
)
def test_own_number(student, variant, name):
    """This entry of `my_numbers` is right for the student's own numbers"""
    truth, mistakes = own_numbers(variant)[name]
    mistakes = {text: wrong for text, wrong in mistakes.items() if wrong != truth}
    close(entry(student.get("my_numbers"), name, "my_numbers"), truth, name=name, mistakes=mistakes)


# Task 2, flip


def turned(k):
    return np.array(k)[::-1, ::-1].copy()


FLIPS = [((5, 7), (2, 3)), ((4, 3), (1, 2)), ((6, 4), (3, 4)), ((3, 8), (3, 1))]


@task("flip", weight=2)
@pytest.mark.parametrize("name", ["correlate", "convolve"])
def test_valid(student, reference, rng, name):
    """The valid result is right for images and kernels of any height and width"""
    for image, kernel in FLIPS:
        x, k = rng.normal(size=image), rng.normal(size=kernel)
        flipped = name == "convolve"
        mistakes = {
            "flip the kernel" if flipped else "do not flip the kernel": valid(
                x, k if flipped else turned(k)
            ),
            "only half flipped, upside down": valid(x, k[::-1].copy()),
            "only half flipped, left to right": valid(x, k[:, ::-1].copy()),
        }
        got, truth = getattr(student, name)(x, k), valid(x, turned(k) if flipped else k)
        unchanged(student)
        mistakes = {
            text: wrong for text, wrong in mistakes.items() if not np.array_equal(wrong, truth)
        }
        close(got, truth, name=name, mistakes=mistakes)
        close(got, getattr(reference, name)(x, k), name=name)


@task("flip", weight=2)
def test_full(student, rng):
    """The full convolution agrees with a product of Fourier transforms, and k may be the larger"""
    for image, kernel in [*FLIPS, ((2, 3), (4, 2)), ((2, 2), (3, 5))]:
        x, k = rng.normal(size=image), rng.normal(size=kernel)
        size = tuple(a + b - 1 for a, b in zip(image, kernel, strict=True))
        truth = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(k, size), size)
        spectrum = np.fft.rfft2(x, size) * np.fft.rfft2(turned(k), size)
        mistakes = {"flip the kernel": np.fft.irfft2(spectrum, size)} if k.size > 1 else {}
        got = student.convolve(x, k, full=True)
        unchanged(student)
        close(got, truth, name="convolve(x, k, full=True)", mistakes=mistakes)


@task("flip")
@pytest.mark.parametrize("name", ["my_correlation", "my_convolution"])
def test_own_picture(student, variant, name):
    """The result is right for the student's own numbers"""
    x, k = np.array(variant["x"]), np.array(variant["k"])  # public
    straight = np.zeros((2, 2))
    for i, j, u, v in np.ndindex(2, 2, 2, 2):
        straight[i, j] += x[i + u, j + v] * k[u, v]
    flipped = np.zeros((2, 2))
    for i, j, u, v in np.ndindex(2, 2, 2, 2):
        flipped[i, j] += x[i + 1 - u, j + 1 - v] * k[u, v]
    answers = {"my_correlation": straight, "my_convolution": flipped}
    other = {"my_correlation": flipped, "my_convolution": straight}
    slips = {"this is the other operation: which of them flips the kernel?": other[name]}
    close(student.get(name), answers[name], name=name, mistakes=slips)


# Task 3, matrix

LENGTHS = [(9, 4), (8, 3), (6, 1), (5, 5), (7, 2), (6, 6)]


def offset_with(x, w, offset):
    """Zero boundaries with another offset."""
    m = len(w)
    padded = np.pad(x, (offset, m - 1 - offset))
    return np.array([np.sum(padded[k : k + m] * w) for k in range(len(x))])


def signal_mistakes(x, w, boundary):
    mistakes = {"do not flip the kernel": by_torch_1d(x, w[::-1].copy(), boundary)}
    if boundary == "same":
        other = (len(w) - 1) // 2
        mistakes["for even m it leans to the left: ⌊m/2⌋ zeros before"] = offset_with(x, w, other)
        mistakes["the zeros stand on one side only"] = offset_with(x, w, 0)
        mistakes["this is circular: outside there are zeros"] = np.roll(
            by_torch_1d(x, w, "circular"), len(w) // 2
        )
    if boundary == "circular":
        mistakes["this is zero outside: the signal begins again"] = offset_with(x, w, 0)
    return mistakes


def circular(x, w):
    return np.fft.ifft(np.fft.fft(w, len(x)).conj() * np.fft.fft(x)).real


INDEPENDENT = {
    "valid": lambda x, w: np.correlate(x, w, "valid"),
    "same": lambda x, w: offset_with(x, w, len(w) // 2),
    "circular": circular,
}


@task("matrix", weight=1.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_signals(student, rng, boundary):
    """`correlate1d` is right for other lengths, kernels of even length, of 1 and of n among them"""
    for n, m in LENGTHS:
        x, w = rng.normal(size=n), rng.normal(size=m)
        truth = INDEPENDENT[boundary](x, w)
        mistakes = {
            text: wrong
            for text, wrong in signal_mistakes(x, w, boundary).items()
            if not np.allclose(wrong, truth)
        }
        got = student.correlate1d(x, w, boundary)
        unchanged(student)
        close(got, truth, name="correlate1d", mistakes=mistakes)


@task("matrix", weight=1.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_matrices(student, reference, rng, boundary):
    """Every column of `correlation_matrix` is what the kernel makes of a single one among zeros"""
    for n, m in LENGTHS:
        w = rng.normal(size=m)
        truth = np.stack([by_torch_1d(e, w, boundary) for e in np.eye(n)], axis=1)
        mistakes = {}
        if m > 1:
            flipped = [by_torch_1d(e, w[::-1].copy(), boundary) for e in np.eye(n)]
            mistakes["do not flip the kernel"] = np.stack(flipped, axis=1)
        if boundary == "same" and m % 2 == 0:
            leaning = [offset_with(e, w, (m - 1) // 2) for e in np.eye(n)]
            slip = "for even m it leans to the left: ⌊m/2⌋ zeros before"
            mistakes[slip] = np.stack(leaning, axis=1)
        got = student.correlation_matrix(w, n, boundary)
        unchanged(student)
        close(got, truth, name="the matrix", mistakes=mistakes)
        close(got, reference.correlation_matrix(w, n, boundary), name="the matrix")


# Task 4, conv2d

PROBLEMS = {
    "everything": (
        (2, (4, 9, 15), 6, (2, 3)),
        {"stride": (2, 3), "padding": (1, 2), "dilation": (3, 2), "groups": 2},
    ),
    "a tall kernel": ((3, (2, 10, 5), 4, (5, 1)), {"stride": (1, 2), "padding": (0, 1)}),
    "a wide kernel": ((1, (3, 4, 10), 2, (1, 4)), {"padding": (2, 0), "dilation": (1, 2)}),
    "uneven strides": ((2, (1, 7, 13), 3, (3, 2)), {"stride": (3, 3), "dilation": (1, 4)}),
    "depthwise": ((2, (3, 5, 6), 6, (3, 2)), {"groups": 3}),
    "a kernel as large as the image": ((2, (2, 3, 4), 5, (3, 4)), {}),
}


def layer_mistakes(x, w, b, settings):
    """What torch makes of usual mistakes, as far as they have the right shape."""
    (ph, pw), (dh, dw) = (settings.get(key, (0, 0)) for key in ("padding", "dilation"))
    none = {**settings, "padding": (0, 0)}
    zeros = {**settings, "dilation": (dh + 1, dw + 1)}
    swapped = {key: value if key == "groups" else value[::-1] for key, value in settings.items()}
    taps = w[0].size

    def attempt(*arrays, **options):
        try:
            return by_torch(*arrays, **options)
        except RuntimeError:
            return None

    one_side = np.pad(x, ((0, 0), (0, 0), (0, 2 * ph), (0, 2 * pw)))
    return {  # public
        "do not flip the kernel": attempt(x, w[:, :, ::-1, ::-1].copy(), b, **settings),
        "the bias is missing": attempt(x, w, 0 * b, **settings),
        "the bias is added once, not at every entry of the kernel": attempt(
            x, w, taps * b, **settings
        ),
        "the padding stands on one side only": attempt(one_side, w, b, **none),
        "dilation is the distance of two entries, not the number of zeros": attempt(
            x, w, b, **zeros
        ),
        "down and right are swapped": attempt(x, w, b, **swapped),
        "all output channels have the same bias": attempt(x, w, 0 * b + b[0], **settings),
        "sum over all input channels": attempt(
            np.where(np.arange(x.shape[1])[:, None, None] % w.shape[1] == 0, x, 0), w, b, **settings
        ),
    }


def of_shape(mistakes, truth):
    """Those mistakes that are a mistake here and have the shape of the truth."""
    return {  # public
        text: wrong
        for text, wrong in mistakes.items()
        if wrong is not None and wrong.shape == truth.shape and not np.allclose(wrong, truth)
    }


@task("conv2d", weight=1.5)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_layer(student, reference, rng, problem):
    """The layer agrees with torch, all its settings in use"""
    sizes, settings = PROBLEMS[problem]
    x, w, b = layer_problem(rng, *sizes, settings.get("groups", 1))
    truth = by_torch(x, w, b, **settings)
    got = student.conv2d(x, w, b, **settings)
    unchanged(student)
    close(
        got, truth, name="the output", mistakes=of_shape(layer_mistakes(x, w, b, settings), truth)
    )
    close(got, reference.conv2d(x, w, b, **settings), name="the output")


@task("conv2d", weight=0.75)
@pytest.mark.parametrize("axis", [0, 1], ids=["down", "right"])
@pytest.mark.parametrize("setting", ["stride", "padding", "dilation"])
def test_setting_of_one_axis(student, rng, setting, axis):
    """A stride, padding or dilation in one direction only acts there, and on both sides"""
    pair = [0, 0] if setting == "padding" else [1, 1]
    pair[axis] = 2
    settings = {setting: tuple(pair)}
    x, w, b = layer_problem(rng, 2, (3, 7, 8), 2, (2, 3))
    truth = by_torch(x, w, b, **settings)
    mistakes = of_shape(layer_mistakes(x, w, b, {"dilation": (1, 1), **settings}), truth)
    close(student.conv2d(x, w, b, **settings), truth, name="the output", mistakes=mistakes)


# Task 5, im2col

WINDOWS = {
    "plain": ((3, (2, 5, 7), 5, (3, 2)), {}),
    "stride": ((2, (3, 7, 13), 4, (2, 3)), {"stride": (2, 3)}),
    "padding": ((2, (2, 3, 5), 3, (2, 3)), {"padding": (2, 1)}),
    "dilation": ((1, (2, 7, 9), 4, (3, 2)), {"dilation": (2, 3)}),
    "everything": (
        (2, (3, 8, 11), 4, (2, 3)),
        {"stride": (3, 2), "padding": (2, 1), "dilation": (3, 2)},
    ),
}


@task("im2col")
@pytest.mark.parametrize("problem", WINDOWS)
def test_columns(student, reference, rng, problem):
    """The columns agree with torch's unfold"""
    sizes, settings = WINDOWS[problem]
    x, w, _ = layer_problem(rng, *sizes)
    kernel = w.shape[2:]
    got = student.im2col(x, kernel, **settings)
    unchanged(student)
    truth = functional.unfold(torch.tensor(x), kernel, **settings).numpy()
    N, C = x.shape[:2]
    windows = truth.reshape(N, C, *kernel, -1)
    mistakes = {
        "channels come first in the rows": np.moveaxis(windows, 1, 3).reshape(truth.shape),
        "in the rows, (u, v) stands row by row": windows.swapaxes(2, 3).reshape(truth.shape),
    }
    close(got, truth, name="cols", mistakes=of_shape(mistakes, truth))
    close(got, reference.im2col(x, kernel, **settings), name="cols")


@task("im2col", weight=2)
def test_gemm(student, reference, rng):
    """`gemm` turns any columns into the layer's output, biases included"""
    for batch, image, filters, kernel in [(3, (2, 4, 7), 5, (3, 2)), (1, (3, 6, 5), 2, (1, 3))]:
        x, w, b = layer_problem(rng, batch, image, filters, kernel)  # public
        cols = functional.unfold(torch.tensor(x), kernel).numpy()
        truth = by_torch(x, w, b)
        got = student.gemm(cols, w, b, truth.shape[2:])
        unchanged(student)
        mistakes = {"the bias is missing": by_torch(x, w, 0 * b)}
        close(got, truth, name="the output", mistakes=mistakes)
        close(got, reference.gemm(cols, w, b, truth.shape[2:]), name="the output")


# Task 6, pooling

POOLINGS = {
    "tiles": ((2, 3, 4, 9), (2, 3), (2, 3)),
    "overlapping": ((3, 2, 6, 7), (3, 2), (1, 1)),
    "overlapping, uneven strides": ((2, 1, 7, 14), (3, 4), (2, 3)),
    "something is left over": ((1, 3, 5, 11), (2, 3), (2, 3)),
    "gaps": ((2, 2, 7, 6), (1, 2), (3, 4)),
}


@task("pooling")
@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("problem", POOLINGS)
def test_pool(student, reference, rng, problem, kind):
    """`pool2d` agrees with torch, negative pixels included"""
    shape, size, stride = POOLINGS[problem]
    x = rng.normal(size=shape) - 1
    got = student.pool2d(x, size, stride, kind)
    unchanged(student)
    truth = pool_truth(x, size, stride, kind)
    other = {"max": "mean", "mean": "max"}[kind]
    mistakes = {
        f"this is the {other}": pool_truth(x, size, stride, other),
        "these are sums, not means": pool_truth(x, size, stride, "mean") * size[0] * size[1],
        "are the sides of the window swapped?": swapped_windows(x, size, stride, kind, truth.shape),
    }
    close(got, truth, name="the output", mistakes=of_shape(mistakes, truth))
    close(got, reference.pool2d(x, size, stride, kind), name="the output")


def swapped_windows(x, size, stride, kind, shape):
    """Windows whose height and width are swapped, cut off at the border."""
    function = {"max": np.max, "mean": np.mean}[kind]
    y = np.zeros(shape)
    for i, j in np.ndindex(shape[2:]):
        top, left = stride[0] * i, stride[1] * j
        y[:, :, i, j] = function(x[:, :, top : top + size[1], left : left + size[0]], axis=(2, 3))
    return y


def assigned(dy, x, size, stride, kind):
    """The gradient where later windows overwrite what earlier ones sent."""
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        one = np.zeros(dy.shape)
        one[:, :, i, j] = dy[:, :, i, j]
        area = np.zeros(x.shape, dtype=bool)
        top, left = stride[0] * i, stride[1] * j
        area[:, :, top : top + size[0], left : left + size[1]] = True
        dx = np.where(area, pool_truth(x, size, stride, kind, one), dx)
    return dx


def winners_only(dy, x, size, stride, kind):
    """The gradient of the maximum where a later window overwrites its winner alone."""
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        one = np.zeros(dy.shape)
        one[:, :, i, j] = 1
        sent = pool_truth(x, size, stride, kind, one)
        full = dy[:, :, i, j, None, None] * sent
        dx = np.where(sent != 0, full, dx)
    return dx


@task("pooling", weight=1.5)
@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("problem", POOLINGS)
def test_pool_backward(student, rng, problem, kind):
    """`pool2d_backward` agrees with autograd"""
    shape, size, stride = POOLINGS[problem]
    x = rng.normal(size=shape) - 1
    dy = rng.normal(size=pool_truth(x, size, stride, kind).shape)
    got = student.pool2d_backward(dy, x, size, stride, kind)
    unchanged(student)
    truth = pool_truth(x, size, stride, kind, dy)
    slip = "where windows overlap their gradients add up: is = written for +=?"
    mistakes = {
        slip: assigned(dy, x, size, stride, kind),
        slip + " ": winners_only(dy, x, size, stride, kind),
        "the mean's gradient is not divided by the size of the window": truth * size[0] * size[1]
        if kind == "mean"
        else None,
        "is the incoming gradient dy left out?": pool_truth(x, size, stride, kind, dy * 0 + 1),
    }
    close(got, truth, name="the gradient", mistakes=of_shape(mistakes, truth))


def shared_ties(dy, x, size, stride):
    """The gradient where all the largest of a window get a part, or all of it."""
    parts, wholes = np.zeros(x.shape), np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        place = (
            ...,
            slice(stride[0] * i, stride[0] * i + size[0]),
            slice(stride[1] * j, stride[1] * j + size[1]),
        )
        best = x[place] == x[place].max(axis=(2, 3), keepdims=True)
        sent = best * dy[:, :, i, j, None, None]
        wholes[place] += sent
        parts[place] += sent / best.sum(axis=(2, 3), keepdims=True)
    return parts, wholes


@task("pooling", weight=2)
def test_ties(student, reference, rng):
    """Among equal largest pixels the first in reading order gets the whole gradient"""
    x = rng.integers(-2, 1, size=(2, 3, 6, 8)).astype(float)
    dy = rng.normal(size=(2, 3, 4, 3))
    got = student.pool2d_backward(dy, x, (3, 4), (1, 2), "max")
    truth = pool_truth(x, (3, 4), (1, 2), "max", dy)
    last = pool_truth(x[..., ::-1, ::-1].copy(), (3, 4), (1, 2), "max", dy[..., ::-1, ::-1].copy())
    columns = pool_truth(x.swapaxes(2, 3).copy(), (4, 3), (2, 1), "max", dy.swapaxes(2, 3).copy())
    parts, wholes = shared_ties(dy, x, (3, 4), (1, 2))
    mistakes = {
        "equal pixels share the gradient: the first gets all of it": parts,
        "all equal pixels get the whole gradient: only the first does": wholes,
        "the last of equal pixels gets it: it is the first": last[..., ::-1, ::-1],
        "reading order goes along the rows": columns.swapaxes(2, 3),
    }
    close(got, truth, name="the gradient", mistakes=of_shape(mistakes, truth))
    close(got, reference.pool2d_backward(dy, x, (3, 4), (1, 2), "max"), name="the gradient")


# Task 7, conv-backward

STEPS = {
    "dl_db": "g2 + g1 + g0",
    "dl_dw0": "x0*g0 + x1*g1 + x2*g2",
    "dl_dw1": "x1*g0 + x2*g1 + x3*g2",
    "dl_dx0": "w0*g0",
    "dl_dx1": "w0*g1 + w1*g0",
    "dl_dx2": "w0*g2 + w1*g1",
    "dl_dx3": "w1*g2",
}
FOLLOWING = Derivation(
    given=BACKWARD.given,
    forward=BACKWARD.forward,
    lines=[dataclasses.replace(line, expected=STEPS[line.name]) for line in BACKWARD.lines],
)


@task("conv-backward", weight=0.5)
@pytest.mark.parametrize("line", FOLLOWING.names)
def test_backward_step(student, line):
    """The line is right, given the lines above it"""
    FOLLOWING.check(student.get("conv_backward_lines"), line)


BACK_PROBLEMS = {
    "plain": ((3, (2, 5, 7), 4, (2, 3)), {}),
    "stride": ((2, (3, 8, 6), 2, (3, 2)), {"stride": (2, 3)}),
    "padding": ((1, (2, 4, 6), 3, (3, 2)), {"padding": (2, 1)}),
    "dilation": ((2, (2, 7, 9), 3, (2, 3)), {"dilation": (3, 2)}),
    "everything": (
        (2, (3, 8, 13), 4, (2, 3)),
        {"stride": (3, 2), "padding": (2, 1), "dilation": (2, 3)},
    ),
}


@task("conv-backward")
@pytest.mark.parametrize("name", GRADIENTS)
@pytest.mark.parametrize("problem", BACK_PROBLEMS)
def test_backward(student, reference, rng, problem, name):
    """This gradient agrees with autograd"""
    sizes, settings = BACK_PROBLEMS[problem]
    x, w, b = layer_problem(rng, *sizes)
    dy = rng.normal(size=by_torch(x, w, b, **settings).shape)  # public
    at = GRADIENTS.index(name)  # public
    found = layer_answer(student, dy, x, w, settings)  # public
    unchanged(student)
    truth = layer_gradients(dy, x, w, **settings)[at]  # public
    flipped = layer_gradients(dy, x, w[:, :, ::-1, ::-1].copy(), **settings)[at]
    mistakes = {
        "is the kernel flipped the wrong way?": flipped,
        "is only the first sample used?": layer_gradients(dy[:1], x[:1], w, **settings)[at],
        "is the incoming gradient dy left out?": layer_gradients(dy * 0 + 1, x, w, **settings)[at],
        "sum over the positions, do not average": truth / dy[0, 0].size,
        "sum over the samples: dy knows of any mean over the batch": truth / len(x),
    }
    close(found[at], truth, name=f"d{name}", mistakes=of_shape(mistakes, truth))
    close(found[at], reference.conv2d_backward(dy, x, w, **settings)[at], name=f"d{name}")


@task("conv-backward")
def test_backward_by_differences(student, rng):
    """The gradients agree with differences of the layer's output, weighed with dy"""
    x, w, b = layer_problem(rng, 2, (2, 4, 5), 3, (2, 3))
    settings = {"stride": (2, 1), "padding": (1, 0), "dilation": (2, 1)}
    dy = rng.normal(size=by_torch(x, w, b, **settings).shape)  # public
    found = layer_answer(student, dy, x, w, settings)  # public
    gradient.check(
        lambda values: float(np.sum(dy * by_torch(*values, **settings))),
        list(found),
        [x, w, b],
        rng=rng,
    )


# Task 8, transposed


@task("transposed", weight=1.5)
def test_one_by_one(student, reference, rng):
    """`one_by_one` mixes channels at every pixel, as torch's convolution with a 1×1 kernel"""
    x, w = rng.normal(size=(3, 5, 4)), rng.normal(size=(4, 2))
    got = student.one_by_one(x, w)
    unchanged(student)
    first, kernel = torch.tensor(x).movedim(2, 0)[None], torch.tensor(w.T.copy())[:, :, None, None]
    close(got, functional.conv2d(first, kernel)[0].movedim(0, 2), name="the output")
    close(got, reference.one_by_one(x, w), name="the output")


TRANSPOSED = {
    "plain": ((2, 3, 4, 5), (3, 2, 2, 3), {}),
    "stride": ((1, 2, 3, 4), (2, 3, 3, 2), {"stride": (2, 3)}),
    "padding": ((2, 2, 5, 3), (2, 4, 3, 4), {"padding": (1, 2)}),
    "stride and padding": ((2, 4, 3, 5), (4, 3, 5, 4), {"stride": (3, 2), "padding": (2, 1)}),
}


@task("transposed", weight=2)
@pytest.mark.parametrize("problem", TRANSPOSED)
def test_transposed(student, reference, rng, problem):
    """The transposed convolution agrees with torch"""
    y_shape, w_shape, settings = TRANSPOSED[problem]
    y, w = rng.normal(size=y_shape), rng.normal(size=w_shape)
    got = student.conv_transpose2d(y, w, **settings)
    unchanged(student)
    paint = functional.conv_transpose2d
    truth = paint(torch.tensor(y), torch.tensor(w), **settings).numpy()
    turned_over = torch.tensor(w[:, :, ::-1, ::-1].copy())
    mistakes = {"the kernel is flipped": paint(torch.tensor(y), turned_over, **settings).numpy()}
    close(got, truth, name="the output", mistakes=of_shape(mistakes, truth))
    close(got, reference.conv_transpose2d(y, w, **settings), name="the output")


@task("transposed")
def test_is_the_gradient_of_the_input(student, rng):
    """It is the adjoint: what autograd sends back to the input of a convolution"""
    x, w, b = layer_problem(rng, 2, (3, 7, 6), 4, (3, 4))
    settings = {"stride": (2, 1), "padding": (1, 2)}
    y = rng.normal(size=by_torch(x, w, b, **settings).shape)  # public
    got = student.conv_transpose2d(y, w, **settings)
    close(got, layer_gradients(y, x, w, **settings)[0], name="the output")


# Task 9, shift


def rolled(x, down, right):
    """x moved by whole pixels, written out as indices."""
    rows, columns = np.arange(x.shape[2]) - down, np.arange(x.shape[3]) - right
    return np.take(np.take(x, rows, axis=2, mode="wrap"), columns, axis=3, mode="wrap")


def gaps(f, x, shift, stride):
    """Both gaps."""
    still, moved = f(x), f(rolled(x, *shift))
    along = rolled(still, shift[0] // stride[0], shift[1] // stride[1])
    scale = np.abs(still).max()
    return np.abs(moved - along).max() / scale, np.abs(moved - still).max() / scale


@task("shift", weight=2)
def test_gaps(student, reference, rng):
    """Both gaps are right for convolutions and pooling with strides, shifts down and to the right"""
    w, b = rng.normal(size=(2, 3, 2, 3)), np.array([-2.0, -5.0])
    maps = [
        (lambda x: by_torch(x, w, b, padding=(1, 1)), (2, 1), (1, 1)),
        (lambda x: pool_truth(x, (2, 3), (2, 3), "max"), (4, 6), (2, 3)),
        (lambda x: pool_truth(x, (3, 3), (2, 3), "mean") - 2, (2, 3), (2, 3)),
        (lambda x: x[:, :, :2] ** 2 - 3, (1, -2), (1, 1)),
    ]
    for f, shift, stride in maps:
        x = rng.normal(size=(2, 3, 8, 15))
        got = unpack(student.shift_gaps(f, x, shift, stride), 2, name="the result")
        unchanged(student)
        for at, name in enumerate(("the equivariance gap", "the invariance gap")):
            truth, same = gaps(f, x, shift, stride), reference.shift_gaps(f, x, shift, stride)
            backwards = gaps(f, x, (-shift[0], -shift[1]), stride)
            by_pixels = gaps(f, x, shift, (1, 1))
            mistakes = {
                "the two gaps are swapped": truth[1 - at],
                "the output moves by shift / stride": by_pixels[at],
                "down and right are swapped": gaps(f, x, shift[::-1], (1, 1))[at],
                "is it moved the other way?": backwards[at],
                "it is not divided by the largest |f(x)|": truth[at] * np.abs(f(x)).max(),
            }
            mistakes = {t: wrong for t, wrong in mistakes.items() if abs(wrong - truth[at]) > 1e-6}
            close(got[at], truth[at], name=name, mistakes=mistakes)
            close(got[at], same[at], name=name)


# Task 10, cnn

NETWORKS = {
    "odd maps": (7, (2, 7, 9), 4, (3, 2), 5),
    "one sample": (1, (3, 5, 8), 2, (2, 3), 4),
    "many classes": (4, (1, 6, 7), 3, (1, 2), 11),
}


@task("cnn", weight=0.75)
@pytest.mark.parametrize("name", ["loss", *LAYER_NAMES])
@pytest.mark.parametrize("problem", NETWORKS)
def test_network(student, reference, rng, problem, name):
    """The loss or this gradient agrees with autograd"""
    X, y, params = cnn_problem(rng, *NETWORKS[problem])
    loss, grads = unpack(student.cnn_gradients(X, y, params, *LAYERS), 2, name="the result")
    unchanged(student)
    true_loss, truth = cnn_truth(X, y, params)
    same_loss, same = reference.cnn_gradients(X, y, params, *LAYERS)
    if name == "loss":
        close(loss, true_loss, N=len(X), name="the loss")
        close(loss, same_loss, N=len(X), name="the loss")
        return
    got = entry(grads, name, "the gradients")
    mistakes = {"the slope of the ReLU is missing": without_slope(X, y, params)[name]}
    mistakes = of_shape(mistakes, truth[name])
    close(got, truth[name], N=len(X), name=f"the gradient of {name}", mistakes=mistakes)
    close(got, same[name], name=f"the gradient of {name}")


def without_slope(X, y, params):
    """The gradients that pass the ReLU unchanged."""
    leaves, logits = cnn_logits(X, params, lambda A: A.relu().detach() + A - A.detach())
    functional.cross_entropy(logits, torch.tensor(y)).backward()
    return {name: leaf.grad.numpy() for name, leaf in leaves.items()}


@task("cnn")
@pytest.mark.parametrize("far", ["classes", "samples"])
def test_large_logits(student, rng, far):
    """Logits up to ±1000 that are far apart give the right loss and gradients, not nan or inf"""
    X, y, params = cnn_problem(rng, 3, (2, 5, 6), 3, (2, 3), 4)
    if far == "classes":
        params["V"], params["c"] = 100 * params["V"], np.array([-1000.0, 1000.0, 0.0, 700.0])
    else:
        X[0], params["b"] = X[0] / 100, params["b"] / 100
        hidden = np.maximum(by_torch(X, params["w"], params["b"]), 0)
        features = pool_truth(hidden, (2, 2), (2, 2), "max").sum(axis=(1, 2, 3))
        params["V"] = params["V"] + 900 / features.max()
    loss, grads = unpack(student.cnn_gradients(X, y, params, *LAYERS), 2, name="the result")
    true_loss, truth = cnn_truth(X, y, params)
    close(loss, true_loss, N=3, name="the loss")
    for name in LAYER_NAMES:
        got = entry(grads, name, "the gradients")
        close(got, truth[name], atol=1e-8, N=3, name=f"the gradient of {name}")
