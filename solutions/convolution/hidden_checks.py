"""The marking checks of `convolution`: other sizes, all settings at once, large numbers.

Oracles: torch's layers and its autograd in float64, closed forms and Fourier transforms, and
`reference`, our own solution. No two dimensions of a problem are equal, and every check compares
values, so that an empty answer earns nothing.
"""

import numpy as np
import pytest
import torch
from checks import (
    BACKWARD,
    BOUNDARIES,
    LAYER,
    PAIRS,
    POOLS,
    cnn_gradients,
    cnn_parameters,
    conv2d,
    conv2d_backward,
    convolve,
    correlate,
    correlate1d,
    im2col,
    pool2d,
    pool2d_backward,
    seen_by,
)
from torch.nn import functional

from autograder.checks import Function, arg, close, entry, in_torch, task

# Task 1, arithmetic

ONE_AXIS = [(31, 4, 3, 2, 1), (50, 3, 4, 1, 5), (17, 5, 2, 3, 2), (9, 9, 7, 0, 1), (40, 1, 3, 0, 6)]
STACKS = [
    [],
    [(5, 1, 1)],
    [(3, 2, 1), (4, 3, 1), (2, 1, 1)],
    [(2, 1, 3), (5, 1, 2)],
    [(4, 3, 2), (3, 2, 4), (5, 1, 1)],
    [(1, 4, 1), (3, 1, 1), (3, 5, 1)],
]


def places(n, kernel, stride, padding, dilation):
    """How often the kernel fits, counted place by place."""
    return len(range(-padding, n + padding - dilation * (kernel - 1), stride))


@task("arithmetic", weight=2)
def test_output_sizes(student, reference):
    """`output_size` is right where strides do not come out even, with padding and dilation"""
    got = [student.output_size(*settings) for settings in ONE_AXIS]
    close(got, [places(*settings) for settings in ONE_AXIS], name="the sizes")
    plain = [reference.output_size(21, 4), reference.output_size(21, 4, 3)]
    close([student.output_size(21, 4), student.output_size(21, 4, 3)], plain, name="the defaults")


@task("arithmetic", weight=2)
def test_receptive_fields(student):
    """`receptive_field` is as far as the gradient of one output reaches, for any stack of layers"""
    got = [student.receptive_field(layers) for layers in STACKS]
    close(got, [seen_by(layers) for layers in STACKS], name="the fields")


def own_numbers(numbers):
    """By closed forms: what each entry of my_numbers is, and what it is with usual mistakes."""
    own, lenet = numbers["layer"], numbers["lenet"]
    keys = ("image", "kernel", "stride", "padding", "dilation")
    height, width = (places(*(own[key][axis] for key in keys)) for axis in (0, 1))
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

FLIPS = [(5, 7, 2, 3), (4, 3, 1, 2), (6, 4, 3, 4), (3, 8, 3, 1), (2, 3, 4, 2), (2, 2, 3, 5)]


@task("flip", weight=2)
@pytest.mark.parametrize("kind", ["correlate", "convolve", "full"])
def test_flip(student, reference, rng, kind):
    """This result is right for any height and width; for a full one k may be the larger"""
    function = correlate if kind == "correlate" else convolve
    for sizes in FLIPS if kind == "full" else FLIPS[:4]:
        given = dict(zip(("H", "W", "kh", "kw"), sizes, strict=True))
        given |= {"full": True} if kind == "full" else {}
        function.check(student, rng, reference, **given)


# Task 3, matrix

LENGTHS = [(9, 4), (8, 3), (6, 1), (5, 5), (7, 2), (6, 6)]


@Function.of({"w": "m", "n": arg.size("n"), "boundary": arg.fixed("valid")}, returns="the matrix")
def correlation_matrix(w, n, boundary):
    """Column by column: what the kernel makes of a single one among zeros."""
    return np.stack([correlate1d(e, w, boundary) for e in np.eye(n)], axis=1)


@task("matrix", weight=1.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
@pytest.mark.parametrize(
    "function", [correlate1d, correlation_matrix], ids=lambda function: function.name
)
def test_matrix(student, reference, rng, function, boundary):
    """The function is right for other lengths, kernels of even length, of 1 and of n among them"""
    for n, m in LENGTHS:
        function.check(student, rng, reference, boundary=boundary, n=n, m=m)


# Task 4, conv2d

SIZES = ("N", "C", "H", "W", "O", "kh", "kw")


def sized(*sizes, **settings):
    """The sizes of a layer, and its settings."""
    return dict(zip(SIZES, sizes, strict=True)) | settings


PROBLEMS = {
    "everything": sized(
        *(2, 2, 9, 15, 6, 2, 3), stride=(2, 3), padding=(1, 2), dilation=(3, 2), groups=2
    ),
    "a tall kernel": sized(3, 2, 10, 5, 4, 5, 1, stride=(1, 2), padding=(0, 1)),
    "a wide kernel": sized(1, 3, 4, 10, 2, 1, 4, padding=(2, 0), dilation=(1, 2)),
    "uneven strides": sized(2, 1, 7, 13, 3, 3, 2, stride=(3, 3), dilation=(1, 4)),
    "depthwise": sized(2, 1, 5, 6, 6, 3, 2, groups=3),
    "a kernel as large as the image": sized(2, 2, 3, 4, 5, 3, 4),
}


@task("conv2d", weight=1.5)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_layer(student, reference, rng, problem):
    """The layer agrees with torch, all its settings in use, and leaves its arguments alone"""
    conv2d.check(student, rng, reference, **{"groups": 1} | PROBLEMS[problem])


# Task 5, im2col

WINDOWS = {
    "plain": sized(3, 2, 5, 7, 5, 3, 2),
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


@Function.of({"cols": "N C*kh*kw p*q", **LAYER, "size": lambda rng, p, q: (p, q)})
@in_torch
def gemm(cols, w, b, size):
    return torch.einsum("nkp,ok->nop", cols, w.flatten(1)).unflatten(2, size) + b[:, None, None]


@task("im2col", weight=2)
def test_gemm(student, reference, rng):
    """`gemm` turns any columns into the layer's output, biases included"""
    for _ in range(3):
        gemm.check(student, rng, reference)


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
    "plain": sized(3, 2, 5, 7, 4, 2, 3),
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


# Task 8, transposed


@Function.of({"x": "H W C", "w": "C O"}, returns="the output")
def one_by_one(x, w):
    return np.einsum("ijc,co->ijo", x, w)


@task("transposed", weight=1.5)
def test_one_by_one(student, reference, rng):
    """`one_by_one` mixes channels at every pixel, for an image and channels of any size"""
    one_by_one.check(student, rng, reference, H=3, W=5, C=4, O=2)


@Function.of(
    {"y": "N O H W", "w": "O C kh kw", "stride": PAIRS["stride"], "padding": PAIRS["padding"]}
)
@in_torch
def conv_transpose2d(y, w, **settings):
    return functional.conv_transpose2d(y, w, **settings)


TRANSPOSED = {
    "plain": sized(2, 2, 4, 5, 3, 2, 3),
    "stride": sized(1, 3, 3, 4, 2, 3, 2, stride=(2, 3)),
    "padding": sized(2, 4, 5, 3, 2, 3, 4, padding=(1, 2)),
    "stride and padding": sized(2, 3, 3, 5, 4, 5, 4, stride=(3, 2), padding=(2, 1)),
}


@task("transposed", weight=2)
@pytest.mark.parametrize("problem", TRANSPOSED)
def test_transposed(student, reference, rng, problem):
    """The transposed convolution agrees with torch, and leaves its arguments alone"""
    conv_transpose2d.check(student, rng, reference, **TRANSPOSED[problem])


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
    "a part of the squares": (lambda x: x[:, :, :2] ** 2 - 3, (1, -2), (1, 1)),
}


def rolled(x, down, right):
    """x moved by whole pixels, written out as indices."""
    rows, columns = np.arange(x.shape[2]) - down, np.arange(x.shape[3]) - right
    return np.take(np.take(x, rows, axis=2, mode="wrap"), columns, axis=3, mode="wrap")


@Function.of(
    {"f": arg.fixed(None), "x": "N C H W", "shift": arg.fixed(None), "stride": arg.optional(None)},
    returns=("the equivariance gap", "the invariance gap"),
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


# Task 10, cnn

NETWORKS = {
    "odd maps": sized(7, 2, 7, 9, 4, 3, 2, K=5),
    "one sample": sized(1, 3, 5, 8, 2, 2, 3, K=4),
    "many classes": sized(4, 1, 6, 7, 3, 1, 2, K=11),
}


@task("cnn", weight=1.5)
@pytest.mark.parametrize("part", [0, 1], ids=["the loss", "its gradients"])
@pytest.mark.parametrize("problem", NETWORKS)
def test_network(student, reference, rng, problem, part):
    """This agrees with autograd, and no argument is changed"""
    cnn_gradients.check(student, rng, reference, part=part, **NETWORKS[problem])


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
