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
    CheckFailed,
    Derivation,
    Line,
    close,
    draw,
    equal,
    shaped,
    task,
    unpack,
)

SALT = "convolution-2026"


def entry(results, name, what):
    """Take one answer out of a dictionary."""
    if not isinstance(results, dict) or name not in results:
        raise CheckFailed(f'{what} must be a dictionary with an entry "{name}"')
    if results[name] is None:
        raise CheckFailed(f'not answered yet: the entry "{name}" of {what} is None')
    return results[name]


def parameters(module):
    return sum(p.numel() for p in module.parameters())


# 1 arithmetic

ANSWERS = (
    "height",
    "width",
    "parameters",
    "dilated_field",
    "lenet",
    "bottleneck",
    "resnet",
    "pooled",
)


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
    x = torch.ones(1, 1, 3000, requires_grad=True)
    y = x
    for size, step, apart in layers:
        y = functional.conv1d(y, torch.ones(1, 1, size), stride=step, dilation=apart)
    y[0, 0, 0].backward()
    return int(x.grad[0, 0].nonzero().max()) + 1


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
    for depth, field in enumerate((3, 5, 7), start=1):
        equal(student.receptive_field([(3, 1, 1)] * depth), field, name=f"the field of {depth}")
    layers = [(3, 2, 1), (5, 1, 1)]
    equal(student.receptive_field(layers), seen_by(layers), name="the field with a stride")


@task("arithmetic", weight=0.5)
@pytest.mark.parametrize("name", ["height", "width", "parameters", "lenet"])
def test_your_numbers_in_torch(student, variant, name):
    """This entry of `my_numbers` is what torch's layers have at your own numbers"""
    layer, shape = layer_of(variant["layer"])
    truth = dict(zip(("height", "width"), shape[2:], strict=True))
    truth |= {"parameters": parameters(layer), "lenet": parameters(lenet_of(variant["lenet"]))}
    equal(entry(student.get("my_numbers"), name, "my_numbers"), truth[name], name=name)


# 2 flip

NOTES = np.array([[0.0, 80, 40], [20, 40, 0], [0, 0, 40]])
NOTES_KERNEL = np.array([[0, 0.25], [0.5, 1]])


@draw("flip")
def flip_numbers(rng):
    """A picture and a kernel of small whole numbers, no two kernel entries alike."""
    while True:
        x, k = rng.integers(-4, 6, size=(3, 3)), rng.permutation([-2, -1, 1, 2, 3])[:4]
        k = k.reshape(2, 2)
        both = [valid(x, k), valid(x, k[::-1, ::-1])]
        if len(np.unique(both)) == 8:
            return {"x": x.tolist(), "k": k.tolist()}


def valid(x, k):
    """torch's conv2d of one image with one kernel."""
    x, k = (torch.tensor(np.array(a, dtype=np.float64))[None, None] for a in (x, k))
    return functional.conv2d(x, k)[0, 0].numpy()


@task("flip")
def test_example_of_the_notes(student):
    """`correlate` and `convolve` give the two matrices of the text"""
    close(student.correlate(NOTES, NOTES_KERNEL), [[70, 30], [10, 40]], name="correlate")
    close(student.convolve(NOTES, NOTES_KERNEL), [[45, 110], [40, 40]], name="convolve")


@task("flip")
def test_full_is_commutative(student, rng):
    """The full convolution of x with k is that of k with x, of the promised shape"""
    x, k = rng.normal(size=(4, 6)), rng.normal(size=(2, 3))
    one, other = student.convolve(x, k, full=True), student.convolve(k, x, full=True)
    spectrum = np.fft.rfft2(x, (5, 8)) * np.fft.rfft2(k, (5, 8))
    close(one, np.fft.irfft2(spectrum, (5, 8)), name="convolve(x, k, full=True)")
    close(other, one, name="convolve(k, x, full=True)")


@task("flip")
def test_your_pictures(student, variant):
    """`my_correlation` and `my_convolution` are right for your own numbers"""
    x, k = np.array(variant["x"]), np.array(variant["k"])
    mistakes = {"this is the convolution: do not flip here": valid(x, k[::-1, ::-1])}
    close(student.get("my_correlation"), valid(x, k), name="my_correlation", mistakes=mistakes)
    mistakes = {"this is the cross-correlation: flip the kernel": valid(x, k)}
    flipped = valid(x, k[::-1, ::-1])
    close(student.get("my_convolution"), flipped, name="my_convolution", mistakes=mistakes)


# 3 matrix

BOUNDARIES = ("valid", "same", "circular")


def by_torch_1d(x, w, boundary):
    """torch's conv1d, after padding by hand."""
    ends = {"valid": (0, 0), "same": (len(w) // 2, (len(w) - 1) // 2), "circular": (0, len(w) - 1)}
    mode = "circular" if boundary == "circular" else "constant"
    signal = functional.pad(torch.tensor(x)[None, None], ends[boundary], mode=mode)
    return functional.conv1d(signal, torch.tensor(w)[None, None])[0, 0].numpy()


@task("matrix", weight=0.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_signal_of_seven(student, rng, boundary):
    """`correlate1d` agrees with torch for a signal of 7 and a kernel of 3"""
    x, w = rng.normal(size=7), rng.normal(size=3)
    close(student.correlate1d(x, w, boundary), by_torch_1d(x, w, boundary))


@task("matrix", weight=0.5)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_matrix_times_signal(student, rng, boundary):
    """`correlation_matrix` times a signal of 7 is the cross-correlation with a kernel of 3"""
    x, w = rng.normal(size=7), rng.normal(size=3)
    M = student.correlation_matrix(w, 7, boundary)
    shaped(M, (5 if boundary == "valid" else 7, 7), name="the matrix")
    close(np.asarray(M) @ x, by_torch_1d(x, w, boundary), name="M @ x")


# 4 conv2d


def layer_problem(rng, batch, image, filters, kernel, groups=1):
    """Random images, weights and biases; image is (C, H, W)."""
    x = rng.normal(size=(batch, *image))
    w = rng.normal(size=(filters, image[0] // groups, *kernel))
    return x, w, rng.normal(size=filters)


def by_torch(x, w, b, **settings):
    """torch's conv2d in float64."""
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
    x, w, b = layer_problem(rng, 2, (4, 6, 8), 6, (2, 3), settings.get("groups", 1))
    close(student.conv2d(x, w, b, **settings), by_torch(x, w, b, **settings))


# 5 im2col


@task("im2col")
def test_nine_pixels(student):
    """The image 0 … 8 gives the columns of the text"""
    cols = [[[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]]
    close(student.im2col(np.arange(9.0).reshape(1, 1, 3, 3), (2, 2)), cols)


@task("im2col")
def test_columns_of_torch(student, rng):
    """`im2col` agrees with torch's unfold on 2 images of 3 × 5 × 6, with a kernel of 2 × 3"""
    x = rng.normal(size=(2, 3, 5, 6))
    close(student.im2col(x, (2, 3)), functional.unfold(torch.tensor(x), (2, 3)))


@task("im2col")
def test_product_is_the_layer(student, rng):
    """`gemm` of torch's columns is torch's convolution"""
    x, w, b = layer_problem(rng, 2, (3, 5, 6), 4, (2, 3))
    cols = functional.unfold(torch.tensor(x), (2, 3)).numpy()
    close(student.gemm(cols, w, b, (4, 4)), by_torch(x, w, b))


# 6 pooling

POOLS = {"max": functional.max_pool2d, "mean": functional.avg_pool2d}


def pool_truth(x, size, stride, kind, dy=None):
    """What torch's pooling gives and, by autograd, its gradient."""
    leaf = torch.tensor(x, requires_grad=True)
    y = POOLS[kind](leaf, size, stride)
    if dy is None:
        return y.detach().numpy()
    return torch.autograd.grad(y, leaf, torch.tensor(dy))[0].numpy()


@task("pooling", weight=0.5)
@pytest.mark.parametrize("kind", POOLS)
def test_pool_of_four_by_six(student, rng, kind):
    """`pool2d` agrees with torch on a picture of 4 × 6, in windows of 2 × 3"""
    x = rng.normal(size=(1, 2, 4, 6))
    close(student.pool2d(x, (2, 3), (2, 3), kind), pool_truth(x, (2, 3), (2, 3), kind))


@task("pooling", weight=0.5)
@pytest.mark.parametrize("kind", POOLS)
def test_pool_gradient(student, rng, kind):
    """`pool2d_backward` agrees with autograd, where windows overlap and where not"""
    x = rng.normal(size=(1, 2, 4, 6))
    for stride in ((2, 3), (1, 2)):
        dy = rng.normal(size=pool_truth(x, (2, 3), stride, kind).shape)
        got = student.pool2d_backward(dy, x, (2, 3), stride, kind)
        truth = pool_truth(x, (2, 3), stride, kind, dy)
        close(got, truth, name=f"the gradient with stride {stride}")


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
GRADIENTS = ("x", "w", "b")


def layer_gradients(dy, x, w, **settings):
    """By autograd: the gradients of a layer with respect to x, w and b."""
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, w, np.zeros(len(w)))]
    y = functional.conv2d(*leaves, **settings)
    return [g.numpy() for g in torch.autograd.grad(y, leaves, torch.tensor(dy))]


def layer_answer(student, dy, x, w, settings):
    """The three gradients that `conv2d_backward` returned."""
    results = student.conv2d_backward(dy, x, w, **settings)
    return unpack(results, 3, name="the result of `conv2d_backward`")


@task("conv-backward", weight=0.25)
@pytest.mark.parametrize("line", BACKWARD.names)
def test_backward_line(student, line):
    """The line equals the derivative it stands for"""
    BACKWARD.check(student.get("conv_backward_lines"), line)


@task("conv-backward", weight=0.5)
@pytest.mark.parametrize("name", GRADIENTS)
def test_backward_of_torch(student, rng, name):
    """This gradient agrees with autograd for 3 images of 2 × 5 × 6, without and with padding"""
    x, w, b = layer_problem(rng, 3, (2, 5, 6), 4, (2, 3))
    at = GRADIENTS.index(name)
    for settings in ({}, {"padding": (1, 2)}):
        dy = rng.normal(size=by_torch(x, w, b, **settings).shape)
        found = layer_answer(student, dy, x, w, settings)
        truth = layer_gradients(dy, x, w, **settings)[at]
        mistakes = {"sum over the samples: dy knows of any mean over the batch": truth / 3}
        close(found[at], truth, name=f"d{name}", mistakes=mistakes)


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
    x, w, b = layer_problem(rng, 2, (3, 6, 5), 4, (2, 3))
    forward = by_torch(x, w, 0 * b, stride=(2, 1))
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

LAYER_NAMES = ("w", "b", "V", "c")


def conv2d(x, w, b):
    return by_torch(x, w, b)


def conv2d_backward(dy, x, w):
    return tuple(layer_gradients(dy, x, w))


def pool2d(x, size, stride, kind):
    return pool_truth(x, tuple(size), tuple(stride), kind)


def pool2d_backward(dy, x, size, stride, kind):
    return pool_truth(x, tuple(size), tuple(stride), kind, dy)


LAYERS = (conv2d, conv2d_backward, pool2d, pool2d_backward)


def cnn_problem(rng, batch, image, filters, kernel, classes):
    """Images, classes and the parameters of a small network."""
    x, w, b = layer_problem(rng, batch, image, filters, kernel)
    height, width = ((n - k + 1) // 2 for n, k in zip(image[1:], kernel, strict=True))
    features = filters * height * width
    V = rng.normal(size=(features, classes)) / features**0.5
    params = {"w": w, "b": b, "V": V, "c": rng.normal(size=classes)}
    return x, rng.permutation(np.arange(batch) % classes), params


def cnn_logits(X, params, activation=torch.relu):
    """The parameters as leaves of autograd, and what the network makes of X."""
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}
    hidden = activation(functional.conv2d(torch.tensor(X), leaves["w"], leaves["b"]))
    return leaves, functional.max_pool2d(hidden, 2).flatten(1) @ leaves["V"] + leaves["c"]


def cnn_truth(X, y, params):
    """By autograd: the mean loss and its gradients."""
    leaves, logits = cnn_logits(X, params)
    loss = functional.cross_entropy(logits, torch.tensor(y))
    loss.backward()
    return loss.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}


@task("cnn")
def test_cnn_loss(student, rng):
    """The loss agrees with torch for 5 images of 2 × 6 × 8 and 4 classes"""
    X, y, params = cnn_problem(rng, 5, (2, 6, 8), 3, (3, 3), 4)
    loss, _ = unpack(student.cnn_gradients(X, y, params, *LAYERS), 2, name="the result")
    close(loss, cnn_truth(X, y, params)[0], N=5, name="the loss")


@task("cnn", weight=0.5)
@pytest.mark.parametrize("name", LAYER_NAMES)
def test_cnn_gradient(student, rng, name):
    """This gradient agrees with autograd for 5 images of 2 × 6 × 8 and 4 classes"""
    X, y, params = cnn_problem(rng, 5, (2, 6, 8), 3, (3, 3), 4)
    _, grads = unpack(student.cnn_gradients(X, y, params, *LAYERS), 2, name="the result")
    got, truth = entry(grads, name, "the gradients"), cnn_truth(X, y, params)[1]
    close(got, truth[name], N=5, name=f"the gradient of {name}")
