"""The marking checks of `xor-mlp`: other sizes, other seeds, oracles of their own.

A battery makes calls with sizes that are equal or 1, and with unusual numbers.

Oracles: torch, linear algebra and differences, properties that a right answer must have, and
`reference`, our own solution. What a training does is read from the calls that it makes; how it
ends is judged by runs from several seeds, whose parameters are evaluated here.
"""

import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    IN_TORCH,
    PARAMS,
    SQUARE,
    corner_outputs,
    counted,
    cross_entropy,
    forward,
    gradients,
    insist_on_proof,
    labels,
    logits,
    single,
    stack,
    through,
    trained,
    units,
)

from autograder.checks import (
    CheckFailed,
    Function,
    arg,
    close,
    convergence,
    entry,
    equal,
    repeatable,
    task,
    unchanged,
)

NAN = float("nan")

# Task 1, perceptron


@Function.of(
    {
        # Eighths: sums and products are exact, in whatever order.
        "X": arg.own(lambda rng, N, D: rng.integers(-16, 17, size=(N, D)) / 8, "normal"),
        "y": lambda rng, N: 2 * (rng.permutation(N) % 2) - 1,
        "rows": lambda rng, N: rng.integers(max(1, N - 1), size=70),
    },
    returns=("w", "b", "mistakes"),
)
def perceptron(X, y, rows):
    """The rule in plain Python."""
    w, b, mistakes = [0.0] * X.shape[1], 0.0, [0] * len(X)
    for n in rows:
        z = sum(u * v for u, v in zip(X[n].tolist(), w, strict=True)) + b
        if (z > 0) != (y[n] > 0):
            w = [u + y[n] * v for u, v in zip(w, X[n].tolist(), strict=True)]
            b += y[n]
            mistakes[n] += 1
    return np.array(w), float(b), np.array(mistakes)


@arg.own
def twice(rng, D):
    """Three points, each of them two times."""
    return np.tile(rng.integers(-16, 17, size=(3, D)) / 8, (2, 1))


@task("perceptron", weight=2)
@pytest.mark.parametrize("size", [(9, 4), (6, 3), (4, 1)], ids=["9 by 4", "6 by 3", "4 by 1"])
def test_perceptron_step_by_step(student, reference, rng, size):
    """`perceptron` agrees with the rule in any order of the points, which it leaves alone"""
    perceptron.check(student, rng, reference, **dict(zip("ND", size, strict=True)))


@task("perceptron", weight=2)
def test_perceptron_in_all_sizes(student, reference, rng):
    """`perceptron` is right in all sizes, for unusual points and orders and call after call"""
    small = arg.own(lambda rng, N, D: rng.integers(-16, 17, size=(N, D)) / 2.0**20)
    also = {
        "for points near the origin": {"N": 6, "D": 3, "X": small},
        "for points that occur twice": {"N": 6, "X": twice},
        "for no look at all": {"rows": []},
        "for rows in a list": {"N": 5, "rows": [4, 0, 4, 4, 3, 0, 1] * 5},
        "for rows that begin with those it knows": {"N": 3, "rows": [0, 1] * 9 + [2, 1, 0] * 5},
        "for points of different sizes, each looked at often": {
            "X": np.array([[4.0, 3.0], [0.25, 0.125], [-1.0, 0.5], [-0.125, -0.25]]),
            "y": np.array([1, -1, 1, 1]),
            "rows": [0, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 3, 3, 3, 0, 0, 1, 1, 1, 1, 1, 1],
        },
        # Two points at one place, of either class: each look finds a mistake.
        "for very many looks": {"X": np.ones((2, 2)), "y": np.array([1, -1]), "rows": [0, 1] * 260},
    }
    without = {"tiny": "sums of tiny numbers depend on their order"}
    perceptron.battery(student, rng, reference, without=without, also=also)


@task("perceptron")
def test_perceptron_at_zero(student, rng):
    """A pre-activation of exactly zero is answered with -1"""
    perceptron.check(student, rng, N=3, D=4, y=np.array([-1.0, 1.0, 1.0]), rows=[0, 0, 1])


# Task 2, certificate


def crossing(rng):
    """Two segments that cross, each end another length away."""
    directions, meet = np.array([[1.0, 0.4], [-0.3, 1.0]]), rng.normal(size=2)
    ends = rng.uniform(0.5, 2, size=(2, 2)) * [1, -1]
    return meet + np.concatenate(ends[:, :, None] * directions[:, None]), [1, 1, -1, -1]


def inside(rng):
    """A triangle of one class around a point of the other."""
    corners = np.array([[0.0, 2.0], [1.8, -1.0], [-1.5, -1.2]]) + 0.2 * rng.normal(size=(3, 2))
    shares = rng.permutation([0.2, 0.3, 0.5])
    return np.vstack([corners, shares @ corners]), [1, 1, 1, -1]


def outside(rng):
    """A triangle of one class, and a point of the other just outside."""
    corners, y = inside(rng)
    shares = rng.permutation([-0.004, 0.404, 0.6])
    return np.vstack([corners[:3], shares @ corners[:3]]), y


def barely(rng):
    """A triangle of one class, and a point of the other just inside."""
    corners, y = inside(rng)
    shares = rng.permutation([0.004, 0.396, 0.6])
    return np.vstack([corners[:3], shares @ corners[:3]]), y


def parallelogram(rng):
    """The classes are two sides of a parallelogram of whole numbers."""
    step, side, start = np.array([2.0, 1.0]), np.array([-1.0, 3.0]), rng.integers(-3, 4, size=2)
    return start + np.array([0 * step, step, side, side + step]), [1, 1, -1, -1]


def apart(rng, signs):
    """Points on either side of a slanted line, classes as given."""
    along = rng.permutation([-1.5, -0.4, 0.7, 1.6])[:, None] * [1.0, 0.6]
    away = rng.uniform(0.3, 1.5, size=4) * signs
    return rng.normal(size=2) + along + away[:, None] * [-0.6, 1.0], signs


KINDS = {
    "two against two that cross": (crossing, True),
    "a point inside a triangle": (inside, True),
    "two against two apart": (lambda rng: apart(rng, [1, 1, -1, -1]), False),
    "three against one apart": (lambda rng: apart(rng, [1, -1, 1, 1]), False),
    "a point just inside a triangle": (barely, True),
    "a point just outside a triangle": (outside, False),
    "two sides of a parallelogram": (parallelogram, False),
}


@task("certificate")
@pytest.mark.parametrize("kind", KINDS)
def test_certificate_of_four_points(student, reference, rng, kind):  # lint: ok drawn by kind
    """`certificate` is right for this kind of points, small, large or far away, in any order"""
    make, exists = KINDS[kind]
    for sign, size, far in ((1, 1, 0), (-1, 2e-7, 0), (1, 2e6, 0), (-1, 1, 300), (1, 0.03, 0)):
        X, y = make(rng)
        mixed = rng.permutation(4)
        X, y = size * X[mixed] + far, sign * np.array(y)[mixed]
        found = student.certificate(X, y)
        unchanged(student)
        if exists:
            insist_on_proof(found, X, y, "the certificate")
            close(found, reference.certificate(X, y), atol=1e-6, name="the certificate")
        elif found is not None:
            raise CheckFailed("a line separates the points, but it does not return None")


# Task 3, xor-weights


@task("xor-weights", weight=2)
def test_own_network(student, variant):
    """`my_xor` computes XOR at the student's own corners"""
    truth = np.abs(SQUARE[:, 0] - SQUARE[:, 1])
    found = corner_outputs(student.get("my_xor"), variant)  # public
    close(found, truth, atol=1e-6, name="f at the four corners")


# Task 4, shallow


@task("shallow", weight=0.75)
@pytest.mark.parametrize("activation", IN_TORCH)
def test_forward_of_other_sizes(student, reference, rng, activation):
    """`forward` is right for this activation in all sizes, for unusual numbers, call after call"""
    forward.battery(student, rng, reference, activation=activation)


SHAPES = (
    [5, 2],
    [3, 7, 2],
    [1, 4, 4, 4, 1],
    [6, 5, 4, 3, 2, 1, 8],
    [1, 1],
    [7, 7, 7, 7, 2, 7, 7],
)


@Function.of(
    {"sizes": lambda rng: rng.integers(1, 9, size=4).tolist()}, returns="the count", exact=True
)
def count_parameters(sizes):
    """One by one: the ends of all connections, one of them from a unit that is always 1."""
    return sum(len(range(-1, a)) * b for a, b in pairwise(sizes))


@task("shallow", weight=0.5)
def test_counts(student, reference, rng):
    """`count_parameters` is right from no hidden layer to five, for equal sizes too"""
    also = {f"for {sizes}": {"sizes": sizes} for sizes in SHAPES}
    count_parameters.battery(student, rng, reference, also=also)


@task("shallow", weight=0.75)
@pytest.mark.parametrize("name", ["parameters", "pieces", "shallow_width", "shallow_pieces"])
def test_own_count(student, variant, name):
    """This entry of `my_counts` is right for the student's own network"""
    K, D = variant["K"], variant["D"]
    total = counted([1, *K * [D], 1])
    width = max(m for m in range(1, total) if counted([1, m, 1]) <= total)
    truth, mistakes = {
        "parameters": (total, {"is this the largest part only?": total - 3 * D - 1}),
        "pieces": (np.prod([D + 1] * K), {"depth multiplies, it does not add": K * (D + 1)}),
        "shallow_width": (width, {"this needs more than the deep one": width + 1}),
        "shallow_pieces": (width + 1, {"one piece more than units": width}),
    }[name]
    found = entry(student.get("my_counts"), name, "my_counts")
    close(found, truth, atol=0, rtol=1e-12, name=name, mistakes=mistakes)


# Task 5, activations


@Function.of({"X": "N D", "W": "D H", "b": "H"}, returns="the shares", batch="N")
def active_share(X, W, b):
    return torch.tensor((X[:, :, None] * W).sum(axis=1) > -b).double().mean(dim=0)


@task("activations", weight=1.5)
@pytest.mark.parametrize("size", [(11, 3, 5), (7, 1, 4)], ids=str)
def test_active_share(student, reference, rng, size):
    """`active_share` is right for (N, D, H) of this size"""
    active_share.check(student, rng, reference, **dict(zip("NDH", size, strict=True)))


@task("activations")
def test_active_share_in_all_sizes(student, reference, rng):
    """`active_share` is right in all sizes, for unusual numbers and call after call"""
    often = arg.own(lambda rng, D: rng.normal(size=(6, D))[[0, 1, 1, 2, 3, 3, 3, 4, 5]])
    also = {"for points that occur several times": {"X": often}, "for many points": {"N": 600}}
    active_share.battery(student, rng, reference, also=also)


@task("activations")
def test_dead_or_always_on(student):
    """A dead unit has the share 0, one that is always on 1, and at exactly 0 a unit is off"""
    X = np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 1.0], [0.5, 0.5], [2.0, 4.0]])
    W, b = np.array([[-1.0, 1.0, 1.0], [-1.0, 1.0, 0.0]]), np.array([0.5, 1.0, -1.0])
    close(student.active_share(X, W, b), [0.0, 1.0, 0.4], name="the shares")


# Task 6, compose


def as_one(weights, biases):
    """The one layer that does what these do, read off at the origin and at the unit vectors."""
    values = through(np.eye(len(weights[0]) + 1)[:, 1:], weights, biases)
    return values[1:] - values[0], values[0]


COLLAPSE = Function(
    "collapse",
    {
        "_layers": lambda rng: stack(rng, (3, 5)),
        "weights": lambda rng, _layers: _layers[0],
        "biases": lambda rng, _layers: _layers[1],
    },
    truth=as_one,
    returns=("W", "b"),
)


@task("compose")
@pytest.mark.parametrize("sizes", [(3, 5), (4, 2, 3), (2, 5, 3, 6, 4)], ids=str)
def test_collapse(student, reference, rng, sizes):
    """`collapse` gives one layer for layers between these sizes, and leaves them alone"""
    COLLAPSE.check(student, rng, reference, _layers=stack(rng, sizes))


CHAINS = [
    (60, 5),
    (70, 2, 3),
    (3, 3, 3, 3),
    (1, 4),
    (4, 1),
    (1, 1),
    (2, 2),
    (1, 3, 1),
    (6, 1, 6),
    (7, 2, 7, 2, 4, 4),
]


@task("compose")
def test_collapse_in_all_sizes(student, reference, rng):
    """`collapse` is right in all sizes, for unusual numbers and call after call"""
    also = {f"between {sizes}": {"_layers": stack(rng, sizes)} for sizes in CHAINS}
    weights, biases = stack(rng, (4, 5, 2))
    also["for large numbers"] = {"_layers": ([1e3 * W for W in weights], biases)}
    also["for layers of zeros"] = {"_layers": ([0 * W for W in weights], biases)}
    also["without biases"] = {"_layers": (weights, [0 * b for b in biases])}
    COLLAPSE.battery(student, rng, reference, also=also)


@Function.of(
    {"phi0": lambda rng: float(rng.normal()), "phi": "D", "theta0": "E", "theta1": "E"},
    returns={1: "Psi", 0: "psi0"},
)
def merge(phi0, phi, theta0, theta1):
    return as_one([phi[:, None], theta1[None]], [[phi0], theta0])[::-1]


@task("compose")
def test_merge(student, reference, rng):
    """`merge` is right in all sizes, for unusual numbers and call after call"""
    merge.battery(student, rng, reference)


# Task 7, regions


def spread(rng, D):
    """D units of either direction that bend at different places."""
    places = rng.permutation(np.arange(D) - D / 2) + rng.uniform(0.1, 0.6, size=D)
    theta1 = rng.uniform(0.5, 2, size=D) * np.where(np.arange(D) % 3 == 1, 1, -1)
    return -places * theta1, theta1, rng.uniform(0.4, 1.5, size=D) * rng.choice([-1, 1], D)


def idle(rng, flat):
    """Units of which these are flat, and one has the weight zero."""
    theta0, theta1, phi = spread(rng, 6)
    theta1[flat], phi[2] = 0.0, 0.0
    return theta0, theta1, phi


def joined(units, which, factor, changes):
    """The units, and others that bend where these bend, with such changes of slope."""
    theta0, theta1, phi = units
    more = factor * theta0[which], factor * theta1[which], changes / np.abs(factor)
    return [np.concatenate(pair) for pair in zip(units, more, strict=True)]


def cancelling(rng):
    theta0, theta1, phi = units = spread(rng, 4)
    which = [1, 2]
    return joined(units, which, np.array([-3.0, 0.25]), -phi[which])


def together(rng):
    return joined(spread(rng, 5), [0, 3, 3], np.array([2.0, -0.5, 1.5]), np.array([1.4, 0.4, 0.5]))


UNITS = {
    "1 unit": lambda rng: spread(rng, 1),
    "2 units": lambda rng: spread(rng, 2),
    "5 units": lambda rng: spread(rng, 5),
    "9 units": lambda rng: spread(rng, 9),
    "some never bend": lambda rng: idle(rng, [1, 4]),
    "none bends": lambda rng: idle(rng, slice(None)),
    "some bend at one place": together,
    "some changes of slope cancel": cancelling,
}


@Function.of(
    {
        "_units": lambda rng, D: spread(rng, D),
        "theta0": lambda rng, _units: _units[0],
        "theta1": lambda rng, _units: _units[1],
        "phi": lambda rng, _units: _units[2],
    },
    returns=("joints", "slopes"),
    rtol=1e-5,
    atol=1e-6,
)
def linear_pieces(theta0, theta1, phi):
    """By values of the function alone, between all places where a unit bends."""
    places = np.unique(np.round(-theta0[theta1 != 0] / theta1[theta1 != 0], 9))
    ends = np.concatenate([[-50.0], places, [50.0]])
    thirds = ends[:-1] + np.diff(ends) / 3, ends[:-1] + 2 * np.diff(ends) / 3
    hidden = (np.maximum(theta0 + x[:, None] * theta1, 0) for x in thirds)
    low, high = (single(each, phi, 0.0).numpy() for each in hidden)
    slopes = (high - low) / (thirds[1] - thirds[0])
    kept = np.abs(np.diff(slopes)) > 1e-6
    return places[kept], np.concatenate([slopes[:1], slopes[1:][kept]])


@task("regions")
@pytest.mark.parametrize("kind", UNITS)
def test_pieces(student, reference, rng, kind):
    """The joints and slopes are those of the function itself"""
    linear_pieces.check(student, rng, reference, _units=UNITS[kind](rng))


@task("regions")
def test_pieces_call_after_call(student, reference, rng):
    """`linear_pieces` is right by name, for one unit and call after call"""
    linear_pieces.battery(student, rng, reference)


def built(rng, joints, changes):
    """Units that bend at the joints with such changes of slope, and the slope at the left."""
    joints, changes = np.array(joints), np.array(changes)
    on, size = rng.choice([-1, 1], len(joints)), rng.uniform(0.5, 2, size=len(joints))
    mixed = rng.permutation(len(joints))
    units = (-joints * on * size)[mixed], (on * size)[mixed], (changes / size)[mixed]
    return units, -changes[on < 0].sum()


@task("regions")
@pytest.mark.parametrize(
    "kind", ["far away", "flat and steep", "rounded", "nearly together", "nearly cancelling"]
)
def test_pieces_as_they_were_built(student, rng, kind):
    """Joints and slopes are right where joints are far away, or differ by less than 1e-9"""
    joints = np.sort(rng.permutation(np.arange(-4, 4))[:6] + rng.uniform(0.1, 0.9, size=6))
    # On either side of where a number is rounded, or cut off, to nine digits.
    joints = joints.round(6) + np.array([3e-10, 8e-10, 3e-10, 8e-10, 3e-10, 8e-10])
    changes = rng.uniform(0.5, 1.5, size=6) * rng.choice([-1, 1], 6)
    if kind == "far away":
        joints = joints * np.array([1e6, 3e3, 1, 1, 5e4, 1e6])
        joints = np.sort(joints)
    units, first = built(rng, joints, changes)
    if kind == "flat and steep":
        factor = 10.0 ** rng.permutation([-12, -7, -3, 0, 4, 9])
        units = units[0] * factor, units[1] * factor, units[2] / factor
    elif kind != "far away":
        gap = {"rounded": 0.0, "nearly together": 4e-10, "nearly cancelling": 0.0}[kind]
        more = 1e-6 - changes if kind == "nearly cancelling" else rng.uniform(0.1, 0.4, size=6)
        others, second = built(rng, joints + gap, more)
        units = [np.concatenate(pair) for pair in zip(units, others, strict=True)]
        changes, first = changes + more, first + second
    slopes = first + np.cumsum([0.0, *changes])
    close(student.linear_pieces(*units), (joints, slopes), name=("joints", "slopes"))


@task("regions", weight=0.5)
def test_what_is_close_and_what_is_small(student, reference):
    """Joints 4e-9 apart are two and 1e-11 apart one; a change of 4e-9 counts, of 1e-11 not"""
    theta1, phi = np.array([1.0, 1.0, 1.0, 1.0, 1.0]), np.array([0.5, 0.7, 4e-9, 1e-11, -0.3])
    for gap, joints in ((4e-9, 4), (1e-11, 3)):
        theta0 = -np.array([0.25, 0.25 + gap, 1.25, 2.25, 3.25])
        found = student.linear_pieces(theta0, theta1, phi)
        close(found, reference.linear_pieces(theta0, theta1, phi), name=("joints", "slopes"))
        equal(len(found[0]), joints, name="the number of joints")


# Task 8, approximation


@Function.of(
    {
        "x": arg.uniform("N", -1, 1),
        "y": "N",
        "knots": lambda rng, D: np.linspace(-0.9, 0.6, D),
    },
    returns="phi",
    rtol=1e-6,
    sizes={"N": range(40, 60), "D": range(1, 7)},
)
def fit_relu(x, y, knots):
    features = torch.nn.functional.pad(units(x, knots), (1, 0), value=1.0)
    return torch.linalg.lstsq(features, torch.tensor(y)[:, None]).solution[:, 0]


@task("approximation")
@pytest.mark.parametrize("size", [(30, 5), (12, 1), (90, 13)], ids=str)
def test_least_squares(student, reference, rng, size):
    """`fit_relu` has the smallest sum of squares for N points and D knots"""
    fit_relu.check(student, rng, reference, **dict(zip("ND", size, strict=True)))


@task("approximation")
def test_least_squares_call_after_call(student, reference, rng):
    """`fit_relu` is right for unusual numbers, points that repeat, and call after call"""
    also = {
        "where an x has several y": {"N": 45, "x": np.linspace(-1, 1, 15).repeat(3)},
        "for one knot below all x": {"knots": np.array([-2.0])},
        "for x far from zero": {"x": arg.uniform("N", 9, 11), "knots": np.array([9.5, 10.0, 10.8])},
    }
    # Given, and so not changed: phi is not unique where no x lies between two knots.
    x, knots = arg.uniform("N", -1, 1), arg.own(lambda rng, D: np.linspace(-0.9, 0.6, D))
    fit_relu.battery(student, rng, reference, also=also, x=x, knots=knots)


@task("approximation", weight=0.5)
def test_knots_that_are_close(student, rng):
    """A zig-zag is recovered where two knots lie close together"""
    knots, truth = np.array([-0.6, 0.1, 0.102, 0.7]), rng.normal(size=5)
    x = np.sort(np.concatenate([rng.uniform(-1, 1, size=30), [-0.9, 0.1007, 0.1014, 0.8, 0.9]]))
    y = single(units(x, knots), truth[1:], truth[0]).numpy()  # public
    close(student.fit_relu(x, y, knots), truth, rtol=1e-6, name="phi")  # public


# Task 9, train


@task("train", weight=1.5)
@pytest.mark.parametrize("size", [(9, 4, 3), (4, 2, 7)], ids=str)
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_gradients(student, reference, rng, activation, size):
    """Loss and gradients are right for (N, D, H) of this size, labels between 0 and 1 too"""
    given = dict(zip("NDH", size, strict=True)) | {"activation": activation}
    gradients.check(student, rng, reference, **given)
    gradients.check(student, rng, reference, **given, y=arg.uniform("N", 0.1, 0.9))


SMALL = arg.own(lambda rng, D, H: rng.normal(size=(D, H)) / 100)


@task("train", weight=1.5)
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_gradients_in_all_sizes(student, reference, rng, activation):
    """`gradients` is right in all sizes, for unusual numbers and call after call"""
    without = {"large": "logits are not larger than 1000"}
    ends = {"y": arg.own(lambda rng, N: rng.permutation(np.linspace(0, 1, N)))}
    also = {
        "for labels from 0 to 1": ends,
        "where all labels are 0": {"y": arg.own(lambda rng, N: np.zeros(N))},
        "where all labels are 1": {"y": arg.own(lambda rng, N: np.ones(N))},
        "far from zero": {"X": arg.uniform("N D", 2, 4)},
        "for many points": {"N": 130},
        # No unit is saturated: differences take too long a step there.
        "for large inputs": {
            "X": arg.own(lambda rng, N, D: 100 * rng.normal(size=(N, D))),
            "params": arg.parts(gradients.arguments["params"].parts | {"W1": SMALL}, dict),
        },
    }
    given = {"activation": activation, "without": without, "also": also}
    gradients.battery(student, rng, reference, **given)


def at_the_kink(rng, N, D, H):
    """Inputs, weights and biases of a layer, in eighths: one pre-activation is exactly 0."""
    while True:
        X, W = (rng.integers(-16, 17, size=size) / 8 for size in ((N, D), (D, H)))
        b = rng.integers(-16, 17, size=H) / 8
        b[-1] = -(X[1] @ W[:, -1])
        if np.sum(X @ W + b == 0) == 1 and X[1].all():
            return X, W, b


@task("train", weight=0.2)
def test_gradients_at_the_kink(student, rng):
    """Where a pre-activation is exactly 0, the slope of ReLU is 0 or 1"""
    X, W, b = at_the_kink(rng, N=5, D=3, H=4)
    call = gradients.draw(rng, N=5, D=3, H=4)
    y, params = call["y"], call["params"] | {"W1": W, "b1": b}
    found = student.gradients(X, y, params, "relu")
    # The unit that is just on has the slope 1, the one just off 0: nothing else differs.
    on, off = (
        gradients(X, y, params | {"b1": b + shift * (np.arange(4) == 3)}, "relu")
        for shift in (1e-13, -1e-13)
    )
    with suppress(CheckFailed):
        gradients.compare(found, on, {"N": 5})
        return
    gradients.compare(found, off, {"N": 5})


@task("train")
def test_gradients_with_large_logits(student, rng):
    """Logits of several hundreds give the right loss and gradients, no nan and no inf"""
    params = gradients.draw(rng, D=3, H=4)["params"]
    for changed in ({"W2": 99 * params["W2"]}, {"b2": 990.0}, {"b2": -990.0}):
        gradients.check(student, rng, N=8, D=3, params=params | changed)


def watched(student, rng, rule, seed, D=3, H=5, **settings):
    """Train with `rule(step, params)` in the place of gradients.

    Returns the parameters of every call, and the result; insists on the right number of calls,
    each with all of the data.
    """
    X, y, activation = rng.normal(size=(6, D)), labels(rng, 6), str(rng.choice(["relu", "tanh"]))
    calls, seen = [], []

    def spy(X_seen, y_seen, params, name):
        calls.append((np.array(X_seen), np.array(y_seen), name))
        seen.append({key: np.array(part) for key, part in trained(params, D, H).items()})
        return rng.uniform(), rule(len(seen) - 1, seen[-1])

    result = student.train(spy, X, y, H, activation, seed, **settings)
    unchanged(student)
    steps = settings.get("steps", 300)
    if len(calls) != steps:
        raise CheckFailed(f"`gradients` was called {len(calls)} times, expected {steps}")
    for X_seen, y_seen, name in calls:
        close(X_seen, X, rtol=1e-6, name="the X that `gradients` was given")
        close(y_seen, y, rtol=1e-6, name="the y that `gradients` was given")
        equal(name, activation, name="the activation that `gradients` was given")
    return seen, trained(result, D, H)


@task("train", weight=1.5)
@pytest.mark.parametrize("steps", [1, 7, 300])
def test_every_step(student, rng, steps):
    """Each step moves every parameter by -learning_rate times what `gradients` says of it then"""
    slope = gradients.draw(rng, D=3, H=5)["params"]
    settings = {} if steps == 300 else {"steps": steps, "learning_rate": 0.3}
    rate = settings.get("learning_rate", 1.0)

    def rule(step, params):
        return {name: slope[name] + value / 4 for name, value in params.items()}

    seen, result = watched(student, rng, rule, int(rng.integers(10_000)), **settings)
    for before, after in pairwise([*seen, result]):
        wanted = {name: before[name] - rate * step for name, step in rule(0, before).items()}
        close(after, wanted, name="the parameters after a step")


@task("train")
def test_every_kind_of_step(student, rng):
    """A step is right for gradients that are tiny, large or zero, and in another order"""
    steps = []

    def rule(step, params):
        size = (1.0, 1e-5, 1.0, 40.0)[step % 4] * (-1) ** (step // 4)
        grads = {name: size * rng.normal(size=np.shape(params[name])) for name in params}
        names = sorted(grads)
        zero = names[step % 5 % 4]
        steps.append({name: grads[name] * (name != zero) for name in rng.permutation(names)})
        return steps[-1]

    seen, result = watched(student, rng, rule, 17, H=3, steps=240, learning_rate=0.1)
    for before, after, grads in zip([*seen], [*seen[1:], result], steps, strict=True):
        moved = {name: after[name] - before[name] for name in before}
        wanted = {name: -0.1 * grads[name] for name in before}
        close(moved, wanted, name="a step")


@task("train", weight=0.2)
@pytest.mark.parametrize("size", [(2, 3), (3, 3), (1, 4), (2, 1), (1, 1)], ids=str)
def test_no_step(student, rng, size):
    """Without a step `train` returns the start, for D inputs and H units"""

    def still(step, params):
        return {name: 0 * value for name, value in params.items()}

    (start,), _ = watched(student, rng, still, 12, *size, steps=1)
    _, result = watched(student, rng, still, 12, *size, steps=0)
    close(result, start, name="the start")


@task("train")
def test_start_is_uniform(student, rng):
    """The start is uniform within 1/√D for W1 and b1, and 1/√H for W2 and b2"""
    bounds = {"W1": 4**-0.5, "b1": 4**-0.5, "W2": 30**-0.5, "b2": 30**-0.5}
    seeds = [*range(40, 56), 0, 140, 296, 1040, 10_041, 65_576, 2**31 + 40, 2**32 + 41]

    def still(_, params):
        return params

    found = [watched(student, rng, still, seed, D=4, H=30, steps=1)[0][0] for seed in seeds]
    for name, bound in bounds.items():
        values = np.concatenate([np.ravel(start[name]) for start in found])
        if len(np.unique(values)) < len(values):
            raise CheckFailed(f"{name}: entries are equal, or other seeds give the same numbers")
        if np.max(np.abs(values)) > bound * (1 + 1e-9):
            raise CheckFailed(f"{name}: an entry lies outside of its bounds")
        # There are 24 numbers of b2, of which one above a tenth of the bound, and one below minus
        # that, is missing once in a million draws; of the others there are 720 and more.
        reach = 0.9 if len(values) > 500 else 0.1
        if min(-values.min(), values.max()) < reach * bound:
            raise CheckFailed(f"{name}: the entries do not fill the interval between the bounds")
        if len(values) > 500 and abs(np.mean(np.abs(values)) / bound - 0.5) > 0.08:
            raise CheckFailed(f"{name}: the entries are not uniform between the bounds")
    shares = []
    for seed, start in zip(seeds, found, strict=True):
        u = np.concatenate([np.ravel(start[name] / bound) for name, bound in bounds.items()])
        drawn = np.sort(np.abs(2 * np.random.default_rng(seed).random(4 * u.size) - 1))
        at = np.searchsorted(drawn, np.abs(u) - 1e-12).clip(max=drawn.size - 1)
        if np.any(np.abs(drawn[at] - np.abs(u)) > 1e-12) or len(np.unique(at)) < u.size:
            raise CheckFailed("the start is not what the generator with this seed draws")
        shares.append(u)
    # Of right starts one in ten million has a larger sum: chi-square with 181 degrees of freedom.
    if 3 / len(seeds) * np.sum(np.sum(shares, axis=0) ** 2) > 300:
        raise CheckFailed("some entries are larger than others from seed to seed")


@task("train", weight=0.5)
def test_seed_decides(student, rng):
    """The same seed gives the same network"""
    X, y = rng.normal(size=(5, 2)), np.array([0.0, 1.0, 1.0, 0.0, 1.0])
    result = repeatable(student.train, gradients.truth, X, y, 3, "tanh", 5, steps=2)
    trained(result, 2, 3)


TASKS = json.loads((Path(__file__).parent / "reference" / "data.json").read_text())
ENVELOPES = Path(__file__).parent / "reference" / "cpu.json"


@task("train", weight=1.5)
@pytest.mark.parametrize("name", TASKS)
def test_training_solves_it(student, name):
    """Runs from several seeds end with the loss that right solutions reach"""
    setting = TASKS[name]
    X, y = np.array(setting["X"]), np.array(setting["y"])
    hidden, activation = setting["hidden"], setting["activation"]
    pace = {name: setting[name] for name in ("steps", "learning_rate")}

    def run(seed):
        result = student.train(by_hand, X, y, hidden, activation, seed, **pace)
        params = trained(result, X.shape[1], hidden)
        return float(cross_entropy(X, y, params, activation))  # public

    convergence.check(run, convergence.read(ENVELOPES, name), name="`train`")


def by_hand(X, y, params, activation):
    """Gradients without autograd, which takes too long for hundreds of steps."""
    W1, b1, W2, b2 = (np.asarray(params[name]) for name in ("W1", "b1", "W2", "b2"))
    A = X @ W1 + b1
    hidden = np.tanh(A) if activation == "tanh" else A.clip(min=0)
    back = (0.5 * (1 + np.tanh(0.5 * (hidden @ W2 + b2))) - y) / len(y)
    signal = back[:, None] * W2 * ((A > 0) if activation == "relu" else 1 - hidden**2)
    slopes = {"W1": X.T @ signal, "b1": signal.sum(0), "W2": back @ hidden, "b2": back.sum()}
    return 0.0, slopes


# Task 10, coin-toss


@Function.of(
    {"X": "N D", "y": labels, "params": PARAMS, "activation": arg.fixed("relu")},
    returns="the accuracy",
)
def accuracy(X, y, params, activation):
    """In plain Python; NaN is right for nobody."""
    z = logits(X, params, activation).tolist()
    return sum((v > 0) if t == 1 else (v <= 0) for v, t in zip(z, y, strict=True)) / len(y)


@task("coin-toss")
@pytest.mark.parametrize("activation", IN_TORCH)
def test_accuracy(student, reference, rng, activation):
    """`accuracy` is right for this activation in all sizes, for unusual numbers, call after call"""
    also = {f"for {N} points": {"N": N} for N in (11, 7)}
    accuracy.battery(student, rng, reference, activation=activation, also=also)


# ReLU(x) - ReLU(-x) is x: the inputs are the logits.
LINE = {"W1": np.array([[1.0, -1.0]]), "b1": np.zeros(2), "W2": np.array([1.0, -1.0]), "b2": 0.0}


@task("coin-toss", weight=0.5)
@pytest.mark.parametrize("points", [7, 9, 11])
def test_accuracy_with_nan(student, rng, points):
    """A NaN logit is right for neither class, and a logit of exactly 0 says class 0"""
    z = np.array([0.5, 0.0, 0.0, NAN, NAN, -1.0, 0.0, 0.4, -2.0, NAN, 0.3])[:points, None]
    y = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0])[:points]
    accuracy.check(student, rng, X=z, y=y, params=LINE)
    accuracy.check(student, rng, X=z, y=y, params=LINE | {"b2": NAN}, activation="tanh")


@task("coin-toss", weight=0.5)
@pytest.mark.parametrize("z", [1e-30, -1e-30, 1e300, float("inf"), float("-inf")])
def test_accuracy_far_out(student, rng, z):
    """A logit above 0 says class 1 and one below class 0, however small or large it is"""
    X, y = np.zeros((3, 1)), np.array([0.0, 1.0, 1.0])
    accuracy.check(student, rng, X=X, y=y, params=LINE | {"b2": z}, activation="relu")


@task("coin-toss", weight=0.5)
@pytest.mark.parametrize("runs", [7, 11, 9])
def test_success_rate(student, reference, rng, runs):
    """`success_rate` counts the runs that get all points right, training once for each seed"""
    X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0.0, 0.0, 1.0, 1.0])
    seeds = [int(seed) for seed in 30 + rng.permutation(40)[:runs]]
    # Others get three points right, none, or two.
    offsets = [0.3 if 0 < n < runs // 2 else (1.7, NAN, 9.0)[n % 3] for n in range(runs)]
    asked = []

    def train_once(seed):
        asked.append(seed)
        return LINE | {"b2": offsets[seeds.index(seed)] if seed in seeds else 0.3}

    rate = student.success_rate(train_once, X, y, "relu", seeds)
    equal(sorted(asked), sorted(seeds), name="the seeds that `train_once` was called with")
    close(rate, (runs // 2 - 1) / runs, name="the success rate")
    ours = reference.success_rate(train_once, X, y, "relu", seeds)
    close(rate, ours, name="the success rate")


@task("coin-toss", weight=0.5)
@pytest.mark.parametrize("label", [0.0, 1.0], ids=["class 0", "class 1"])
def test_a_run_that_diverged_is_no_success(student, rng, label):
    """A run that ends with NaN gets no point right, also where all points have this class"""
    X, y, seeds = rng.normal(size=(5, 1)), np.full(5, label), [3, 8, 4, 9, 1]
    right = 1e3 if label else -1e3

    def train_once(seed):
        return LINE | {"b2": right if seed in (4, 9) else NAN}

    close(student.success_rate(train_once, X, y, "relu", seeds), 0.4, name="the success rate")


@task("coin-toss", weight=0.5)
@pytest.mark.parametrize(("points", "runs"), [(12, 150), (1200, 5)])
def test_success_of_many(student, points, runs):
    """One wrong point of many is no success; every seed counts, and every training anew"""
    X = np.linspace(-1, 1, points)[:, None]
    y = (X[:, 0] > 0).astype(float)
    seeds = [*range(500, 500 + 2 * runs, 2), 7, 7]

    def rate(winners):
        # This offset makes one point wrong, the first above zero.
        offsets = {seed: 0.0 if seed in winners else -1.5 / (points - 1) for seed in seeds}
        return student.success_rate(lambda seed: LINE | {"b2": offsets[seed]}, X, y, "relu", seeds)

    for winners in (seeds[runs // 2 :], seeds[:3]):
        close(rate(winners), len(winners) / len(seeds), name="the success rate")
