"""The marking checks of `backprop`: other sizes, other seeds, large numbers.

Oracles: torch's autograd in float64, closed forms of derivations, and `reference`, our own
solution. No two dimensions of a problem are equal, no unit is saturated unless that is the
point, and every check compares values, so that an empty answer earns nothing.
"""

from contextlib import suppress

import numpy as np
import pytest
import torch
from checks import (
    IN_TORCH,
    LOGISTIC,
    MEAN,
    MLP,
    MLP_GRADIENTS,
    OUTPUT,
    PARAMETERS,
    SCALAR,
    SKIP,
    TWO_LAYER,
    WEIGHTS,
    cross_entropy_delta,
    deep_weights,
    logistic_prime,
    mlp_backward,
    one_hot,
    soft,
    softmax_cross_entropy,
    softmax_jacobian,
    squared_error_delta,
    two_layer_backward,
    verdict,
)

from autograder.checks import (
    CheckFailed,
    Function,
    arg,
    close,
    entry,
    in_torch,
    slopes,
    task,
    unchanged,
)

# Task 1, logistic-derivative

LOGISTIC_STEPS = LOGISTIC.following(
    {
        "de_dz": "-e",
        "ds_dd": "-s**2",
        "ds_dz_chain": "ds_dd*de_dz",
        "ds_dz": "s - s**2",
        "dt_dz": "(1 - t)*(1 + t)",
    }
)


@task("logistic-derivative", weight=0.5)
@pytest.mark.parametrize("line", LOGISTIC_STEPS.names)
def test_logistic_step(student, line):
    """The line is right, given the lines above it"""
    LOGISTIC_STEPS.check(student.get("logistic_derivative_lines"), line)


# An approximation may be right near zero and far out, and wrong between.
LADDER = np.linspace(-40, 40, 161)

ARGUMENTS = {
    "a number": arg.own(lambda rng: float(rng.uniform(1, 2))),
    "an array": arg.own(lambda rng: rng.uniform(-6, 6, size=(2, 3, 4))),
    "far out": np.array([-800.0, -710.0, -32.0, -20.0, 0.0, 20.0, 32.0, 710.0, 800.0]),
}


@task("logistic-derivative")
@pytest.mark.parametrize("kind", ARGUMENTS)
def test_logistic_prime(student, reference, rng, kind):
    """`logistic_prime` is right for this kind of z, never nan, and leaves z alone"""
    logistic_prime.check(student, rng, reference, z=ARGUMENTS[kind])


@task("logistic-derivative")
def test_logistic_prime_in_all_sizes(student, reference, rng):
    """`logistic_prime` is right for numbers and arrays of all shapes, and call after call"""
    also = {"for five axes": {"B": (2, 1, 3, 1, 2)}, "for numbers of every size": {"z": LADDER}}
    logistic_prime.battery(student, rng, reference, also=also)


# Task 2, scalar-network

SCALAR_STEPS = SCALAR.following(
    {
        "dl_df": "2*(f - y)",
        "dl_dw2": "dl_df*h2",
        "dl_dh2": "dl_df*w2",
        "dl_da2": "dl_dh2*h2*(1 - h2)",
        "dl_dw1": "dl_da2*h1",
        "dl_dh1": "dl_da2*w1",
        "dl_da1": "dl_dh1*h1*(1 - h1)",
        "dl_dw0": "dl_da1*x",
    }
)


@task("scalar-network", weight=0.5)
@pytest.mark.parametrize("line", SCALAR_STEPS.names)
def test_scalar_step(student, line):
    """The line is right, given the lines above it"""
    SCALAR_STEPS.check(student.get("scalar_network_lines"), line)


@task("scalar-network", weight=1.5)
@pytest.mark.parametrize("name", WEIGHTS)
def test_own_number(student, variant, name):
    """The gradient in `my_gradients` is right at the student's own numbers"""

    def loss(x, y, w0, w1, w2):
        return (w2 * torch.sigmoid(w1 * torch.sigmoid(w0 * x)) - y) ** 2

    truth = slopes(loss, **variant)[name]
    answers = student.get("my_gradients")
    close(entry(answers, name, "my_gradients"), truth, rtol=5e-4, name=f"the gradient of {name}")


# Task 3, two-layer

TWO_LAYER_STEPS = TWO_LAYER.following(
    {
        "delta": "f - y",
        "dl_dW2": "outer(h, delta)",
        "dl_db2": "delta",
        "s": "(delta @ W2.T)*h*(1 - h)",
        "dl_dW1": "outer(x, s)",
        "dl_db1": "s",
    }
)


@task("two-layer", weight=0.5)
@pytest.mark.parametrize("line", TWO_LAYER_STEPS.names)
def test_two_layer_step(student, line):
    """The line is right, given the lines above it"""
    TWO_LAYER_STEPS.check(student.get("two_layer_lines"), line)


@task("two-layer")
@pytest.mark.parametrize("name", PARAMETERS)
def test_two_layer_gradient(student, reference, rng, name):
    """The batch gradient of this parameter agrees with autograd; the arguments stay as they are"""
    two_layer_backward.check(student, rng, reference, part=name, N=7, D=5, H=4, K=3)


def silent(rng, H, K):
    """A second layer of zeros: the network answers its bias, to the last digit."""
    return np.zeros((H, K))


def answered(rng, N, b2):
    return np.tile(b2, (N, 1))


def inputs_of(size):
    """Inputs of this size, which saturate no unit: differences take too long a step there."""
    return {
        "X": arg.own(lambda rng, N, D: size * rng.normal(size=(N, D))),
        "W1": arg.own(lambda rng, D, H: rng.normal(size=(D, H)) / size),
    }


@task("two-layer")
def test_two_layer_in_all_sizes(student, reference, rng):
    """All four gradients are right in all sizes, for unusual numbers, and call after call"""
    # A single sample and output: no large terms cancel, which float32 could not follow.
    large = {"Y": arg.own(lambda rng, N, K: 1e3 * rng.normal(size=(N, K))), "N": 1, "K": 1}
    also = {
        "where the error is zero": {"W2": arg.own(silent), "Y": arg.own(answered)},
        "for large targets": large,
        "for large inputs": inputs_of(30),
        "for many samples": {"N": 130},
    }
    two_layer_backward.battery(student, rng, reference, also=also)


# Task 4, output-layers

# Of three samples one occurs once, one twice, one three times.
TWICE = [0, 1, 1, 2, 2, 2]

OUTPUT_STEPS = OUTPUT.following(
    {
        "df_da": "f*(1 - f)",
        "dsq_da": "(f - y)*df_da",
        "dbce_df": "(f - y)/(f*(1 - f))",
        "dbce_da": "f - y",
        "dp_dz": "diag(p) - outer(p, p)",
        "dce_dp": "-t/p",
        "dce_dz": "p - t",
    }
)


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("line", OUTPUT_STEPS.names)
def test_output_step(student, line):
    """The line is right, given the lines above it"""
    OUTPUT_STEPS.check(student.get("output_layers_lines"), line)


# What overflows when softmax is shifted by anything but the largest logit of its own row.
FAR = np.array(
    [
        [-1000, 1000, 999.3, -999, 0],
        [-998.6, -999.1, -1000, -1000, -1000],
        [1000, -700, -999, 0.3, 1],
        [0.3, -999, 1, -700, 999.3],
    ]
)


LARGE = {
    squared_error_delta: [{"a": np.array([-900.0, 900.0, 1.5, 1000.0]), "N": 4}],
    cross_entropy_delta: [{"a": np.array([-900.0, 900.0, 1.5, 1000.0]), "N": 4}],
    softmax_jacobian: [{"z": z} for z in FAR],
    softmax_cross_entropy: [{"Z": FAR, "Y": arg.own(one_hot), "N": 4, "K": 5}],
}


@task("output-layers")
@pytest.mark.parametrize("function", LARGE, ids=lambda function: function.name)
def test_output_function(student, reference, rng, function):
    """The function agrees with autograd for other sizes, and leaves its arguments alone"""
    function.check(student, rng, reference)


# Targets at their ends: 0 and 1, and one class of all. And numbers of every size.
ZERO_OR_ONE = arg.own(lambda rng, N: np.arange(N) % 2.0)
SAMPLES_OF_ENDS = {
    "for targets 0 and 1": {"y": ZERO_OR_ONE},
    "for numbers of every size": {"a": LADDER, "N": len(LADDER)},
    "for such numbers and targets 0 and 1": {"a": LADDER, "y": ZERO_OR_ONE, "N": len(LADDER)},
}
APART = np.array([0.0, -0.7, -3.1, 2.2, -9.4, -17.0, -31.0])
ENDS = {
    squared_error_delta: SAMPLES_OF_ENDS,
    cross_entropy_delta: SAMPLES_OF_ENDS,
    softmax_jacobian: {
        "for pairs of equal logits": {"z": np.array([0.5, -1.0, 0.5, -1.0, 2.0])},
        "for logits of every size": {"z": APART},
    },
    softmax_cross_entropy: {
        "for one-hot targets": {"Y": arg.own(one_hot)},
        "for many samples": {"N": 130},
        "for logits of every size": {"Z": np.outer([1, -1, 4], APART), "N": 3, "K": 7},
        "for samples that occur twice": {
            "N": 6,
            "Z": arg.own(lambda rng, N, K: rng.normal(size=(3, K))[TWICE[:N]]),
            "Y": arg.own(lambda rng, N, K: soft(rng, 3, K)[TWICE[:N]]),
        },
    },
}


@task("output-layers")
@pytest.mark.parametrize("function", ENDS, ids=lambda function: function.name)
def test_output_function_in_all_sizes(student, reference, rng, function):
    """The function is right in all sizes, for ties, for targets at their ends, call after call"""
    function.battery(student, rng, reference, also=ENDS[function])


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("function", LARGE, ids=lambda function: function.name)
def test_large_numbers(student, reference, rng, function):
    """Numbers up to ±1000 give finite numbers, and the right ones"""
    for given in LARGE[function]:
        function.check(student, rng, reference, **given)


# Task 5, mlp


@Function.of({name: MLP[name] for name in MLP if name != "Y"}, returns=("A", "H"), rtol=1e-6)
@in_torch
def mlp_forward(X, weights, biases, activation):
    A, H = [], [X]
    for W, b in zip(weights, biases, strict=True):
        H += [IN_TORCH[activation](A[-1])] if A else []
        A.append(torch.addmm(b, H[-1], W))
    return A, H


@task("mlp", weight=0.5)
@pytest.mark.parametrize("activation", IN_TORCH)
def test_mlp_forward(student, reference, rng, activation):
    """`mlp_forward` returns every A and every H of a network with three hidden layers"""
    sizes = {"N": 7, "layers": (5, 6, 4, 8, 3)}
    mlp_forward.check(student, rng, reference, activation=activation, **sizes)


@task("mlp", weight=0.5)
@pytest.mark.parametrize("part", [0, 1, 2], ids=["loss", "weights", "biases"])
@pytest.mark.parametrize("activation", IN_TORCH)
def test_mlp_gradients(student, reference, rng, activation, part):
    """`mlp_backward` agrees with autograd for three hidden layers, and leaves its arguments alone"""
    sizes = {"N": 7, "layers": (5, 6, 4, 8, 3)}
    mlp_backward.check(student, rng, reference, part=part, activation=activation, **sizes)


@task("mlp")
@pytest.mark.parametrize(
    ("N", "layers"), [(9, (4, 3)), (1, (5, 2, 4)), (9, (2, 3, 4, 5, 6, 7, 8))], ids=str
)
def test_mlp_of_other_depths(student, reference, rng, N, layers):
    """For N samples and these layer sizes the forward and the backward pass are right"""
    mlp_forward.check(student, rng, reference, N=N, layers=layers)
    mlp_backward.check(student, rng, reference, N=N, layers=layers)


# A network of three layers with names for its sizes, and two of one size.
LAYERS = {
    "X": "N D",
    "weights": [arg.weights("D H"), arg.weights("H G"), arg.weights("G K")],
    "biases": ["H", "G", "K"],
    "activation": arg.fixed("tanh"),
}
FORWARD = Function(
    "mlp_forward", LAYERS, truth=mlp_forward.truth, returns=("A", "H"), rtol=1e-6, large=4
)
BACKWARD = Function(
    "mlp_backward",
    {"X": "N D", "Y": one_hot, **LAYERS},
    truth=mlp_backward.truth,
    returns=MLP_GRADIENTS,
    batch="N",
    large=4,
)
DEPTHS = {
    f"for layers {layers}": layers for layers in ((3, 2), (3, 3), (3, 3, 3, 3, 3), (4, 4, 4, 2))
}


AT_THE_KINK = {"zero biases": "behind units that are all off, and the slope at 0 is open"}


def of_depths(rng, function):
    found = {where: function.draw(rng, layers=each).values for where, each in DEPTHS.items()}
    tied = function.draw(rng, layers=(4, 3, 3, 3, 2)).values
    lists = {name: [part[0], part[1], *part[1:]] for name, part in tied.items() if name in TIED}
    return found | {"where two layers are one and the same": tied | lists}


TIED = ("weights", "biases")


@task("mlp", weight=0.5)
def test_mlp_forward_in_all_sizes(student, reference, rng):
    """`mlp_forward` is right in all sizes, for unusual numbers, and call after call"""
    FORWARD.battery(student, rng, reference, also=of_depths(rng, mlp_forward))


@task("mlp")
@pytest.mark.parametrize("activation", IN_TORCH)
def test_mlp_in_all_sizes(student, reference, rng, activation):
    """`mlp_backward` is right in all sizes, for unusual numbers, and call after call"""
    far = arg.own(lambda rng, N, D: 400 * rng.normal(size=(N, D)))
    small = [arg.own(lambda rng, D, H: rng.normal(size=(D, H)) / 400), *LAYERS["weights"][1:]]
    given = {"activation": activation}
    also = {
        "for saturated units": {"X": far},
        "for large inputs": {"X": far, "weights": arg.parts(dict(enumerate(small)), list)},
        "for samples that occur twice": {
            "N": 6,
            "X": arg.own(lambda rng, N, D: rng.normal(size=(3, D))[TWICE[:N]]),
            "Y": arg.own(lambda rng, N, K: np.eye(K)[np.array(TWICE[:N]) % K]),
        },
    }
    # What depth and the number of samples do, one activation shows.
    if activation == "tanh":
        also |= of_depths(rng, mlp_backward) | {"for many samples": {"N": 70}}
    else:
        given["N"] = 4
    without = AT_THE_KINK if activation == "relu" else {}
    BACKWARD.battery(student, rng, reference, also=also, without=without, **given)


def at_the_kink(rng, N, D, H):
    """Inputs, weights and biases of a layer, in eighths: one pre-activation is exactly 0."""
    while True:
        X, W = (rng.integers(-16, 17, size=size) / 8 for size in ((N, D), (D, H)))
        b = rng.integers(-16, 17, size=H) / 8
        b[-1] = -(X[1] @ W[:, -1])
        if np.sum(X @ W + b == 0) == 1 and X[1].all():
            return X, W, b


@task("mlp", weight=0.5)
def test_mlp_at_the_kink(student, rng):
    """Where a pre-activation is exactly 0, the slope of ReLU is 0 or 1"""
    X, W, b = at_the_kink(rng, N=5, D=3, H=4)
    call = mlp_backward.draw(rng, N=5, layers=(3, 4, 2))
    Y, weights, last = call["Y"], [W, call["weights"][1]], call["biases"][1]
    found = student.mlp_backward(X, Y, weights, [b, last], "relu")

    def truth(shift):
        moved = b + shift * (np.arange(4) == 3)
        return mlp_backward(X, Y, weights, [moved, last], "relu")

    either(truth, lambda right: mlp_backward.compare(found, right, {"N": 5}))


def either(truth, compare):
    """Require the truth for a unit that is just on, slope 1, or just off: nothing else differs."""
    with suppress(CheckFailed):
        compare(truth(1e-13))
        return
    compare(truth(-1e-13))


@arg.own
def with_far_logits(rng, X, biases):
    """Weights of two layers that make the logits FAR."""
    first = rng.normal(size=(3, 7)) / 3**0.5
    return [first, np.linalg.pinv(np.tanh(X @ first + biases[0])) @ (FAR - biases[1])]


@task("mlp", weight=0.5)
def test_mlp_with_large_logits(student, reference, rng):
    """Logits around ±1000 give the right loss and gradients, not nan or inf"""
    mlp_backward.check(student, rng, reference, N=4, layers=(3, 7, 5), weights=with_far_logits)


# Task 6, skip-connection

SKIP_STEPS = SKIP.following(
    {
        "dh2_da2": "(h2 - h1)*(1 - h2 + h1)",
        "dh2_dh1": "dh2_da2*w1 + 1",
        "dl_dw2": "2*(f - y)*h2",
        "dl_dw1": "2*(f - y)*w2*dh2_da2*h1",
        "dl_dw0": "2*(f - y)*w2*dh2_dh1*h1*(1 - h1)*x",
    }
)


@task("skip-connection", weight=0.5)
@pytest.mark.parametrize("line", SKIP_STEPS.names)
def test_skip_step(student, line):
    """The line is right, given the lines above it"""
    SKIP_STEPS.check(student.get("skip_connection_lines"), line)


def of_either_sign(rng, low, high, size=()):
    return rng.uniform(low, high, size) * rng.choice([-1, 1], size)


@Function.of(
    {
        "x": lambda rng, N: of_either_sign(rng, 0.5, 2, N),
        "y": lambda rng, N: of_either_sign(rng, 4, 6, N),
        **dict.fromkeys(WEIGHTS, lambda rng: float(of_either_sign(rng, 0.6, 1.6))),
    },
    returns={name: f"the gradient of {name}" for name in WEIGHTS},
    rtol=1e-5,
    **MEAN,  # public
)
def skip_gradients(x, y, w0, w1, w2):
    def loss(w0, w1, w2):
        h1 = torch.sigmoid(w0 * torch.tensor(x))
        return ((w2 * (torch.sigmoid(w1 * h1) + h1) - torch.tensor(y)) ** 2).mean()

    return slopes(loss, w0=w0, w1=w1, w2=w2)


@task("skip-connection")
@pytest.mark.parametrize("name", WEIGHTS)
def test_skip_gradient(student, reference, rng, name):
    """The gradient of this weight agrees with autograd for a few samples and weights of any sign"""
    for N in (6, 5, 7):
        skip_gradients.check(student, rng, reference, part=name, N=N)


ANY_SKIP = Function(
    "skip_gradients",
    {"x": "N", "y": "N", **dict.fromkeys(WEIGHTS, "")},
    truth=skip_gradients.truth,
    returns=skip_gradients.returns,
    rtol=1e-5,
    **MEAN,  # public
)


@task("skip-connection")
def test_skip_gradients_in_all_sizes(student, reference, rng):
    """All three gradients are right for any number of samples, saturated units, call after call"""
    ones = arg.own(lambda rng, N: np.ones(N))
    far = arg.own(lambda rng, N: of_either_sign(rng, 5, 9, N))
    also = {
        "for a saturated first unit": {"x": far, "w0": 1.2, "w1": -0.7},
        "for a saturated second unit": {"w1": 40.0},
        "for samples that repeat": {"x": ones, "y": ones, "N": 4},
        "for large inputs": {"x": arg.own(lambda rng, N: 100 * rng.normal(size=N)), "w0": 0.008},
        "for many samples": {"N": 130},
    }
    ANY_SKIP.battery(student, rng, reference, also=also)


# Task 7, gradient-check


def little_network(rng, scale=1.0, inner=1.0):
    """A loss of four parameters (one a square matrix), its gradient and a point.

    `scale` multiplies the loss; `inner` makes the first layer matter less than the second.
    """
    X, Y = (torch.tensor(rng.normal(size=size)) for size in ((5, 3), (5, 2)))
    shapes = {"W": (3, 3), "b": (3,), "V": (3, 2), "c": (2,)}
    point = {name: of_either_sign(rng, 0.4, 1.2, size) for name, size in shapes.items()}

    def loss(W, b, V, c):
        return scale * ((torch.tanh(inner * (X @ W + b)) @ V + c - Y) ** 2).sum() / 5

    def f(p):
        return float(in_torch(loss)(**{name: np.asarray(p[name]) for name in shapes}))

    return f, slopes(loss, **point), point


def with_idle(rng):
    """The same, with a parameter of no influence."""
    f, g, point = little_network(rng)
    return f, g | {"idle": np.zeros(4)}, point | {"idle": rng.uniform(0.5, 1, size=4)}


def curved(rng):
    """A function that curves so much that one-sided differences are wrong by percents."""
    away = of_either_sign(rng, 1e-3, 3e-3, (3, 2))
    point = rng.uniform(0.5, 1, size=away.shape)
    centre = point - away
    return lambda p: float(50 * np.sum((p["p"] - centre) ** 2)), {"p": 100 * away}, {"p": point}


def of_any_shape(rng):
    """A function of a parameter without an axis and one with three, which lies like a transpose."""
    C = -rng.uniform(0.5, 1, size=(2, 4, 3))
    s, t = np.array(rng.uniform(0.5, 1)), rng.uniform(0.5, 1, size=C.shape[::-1]).T
    g = {"s": np.array(np.sum(C * t * np.cos(s * t))), "t": C * s * np.cos(s * t)}
    return lambda p: float(np.sum(C * np.sin(p["s"] * p["t"]))), g, {"s": s, "t": t}


def noticeable(array):
    """The indices of entries so large that 1 % of them is a ratio of norms above 1e-4."""
    least = 0.05 * np.linalg.norm(array)
    return [index for index, value in np.ndenumerate(array) if abs(value) >= least]


def off(name, factor=1.01, at=None):
    """The fault of one entry times `factor`: the smallest noticeable one, or that at `at`."""

    def fault(g):
        wrong = np.array(g[name])
        where = at or min(noticeable(wrong), key=lambda index: abs(wrong[index]))
        wrong[where] *= factor
        return g | {name: wrong}

    return fault


FAULTS = {
    "one entry off by 1 %": off("V"),
    "a transposed matrix": lambda g: g | {"W": g["W"].T.copy()},
    "a bias gradient of zeros": lambda g: g | {"b": np.zeros(3)},
    "a bias left out": lambda g: {name: g[name] for name in ("W", "b", "V")},
    "twice the gradient": lambda g: {name: 2 * g[name] for name in g},
    "nan in one entry": off("b", np.nan),
    "an infinite entry": off("b", np.inf),
    "another shape": lambda g: g | {"V": g["V"].T.copy()},
    "the right numbers in another shape": lambda g: g | {"b": g["b"][None]},
}


def judge(student, rng, problem, *faults):
    """Insist on True for the gradient and on False for the same gradient with each fault.

    In a drawn order, and once more for the gradient at the end: an answer that only remembers
    the point, and how often it was asked there, is wrong somewhere.
    """
    f, g, point = problem
    first = rng.integers(len(faults) + 1)
    grads = [(fault(g), False) for fault in faults]
    grads[first:first] = [(g, True)]
    answers = [
        (verdict(student, f, each, point), is_right) for each, is_right in [*grads, (g, True)]
    ]
    if not all(answer for answer, is_right in answers if is_right):
        raise CheckFailed("a right gradient was refused")
    if any(answer for answer, is_right in answers if not is_right):
        raise CheckFailed("a right gradient was accepted, but a wrong one too")


@task("gradient-check")
@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault(student, rng, fault):  # lint: ok faults are planted by hand
    """A right gradient is accepted and this fault is found"""
    judge(student, rng, little_network(rng), FAULTS[fault])


@task("gradient-check")
def test_every_entry_counts(student, rng):
    """An error of 1 % is found in whichever entry it is"""
    _, g, _ = problem = little_network(rng)
    judge(
        student,
        rng,
        problem,
        *(off(name, at=at) for name in ("V", "b") for at in noticeable(g[name])),
    )


def of_many_entries(rng):
    """A function of two arrays of one shape with many entries, some of little or no influence."""
    C, D = (of_either_sign(rng, 0.5, 1, (4, 12)) for _ in "pq")
    C[:, ::5] = 0
    C[:, 2::5] *= 1e-9
    p, q = (rng.uniform(0.5, 1, size=C.shape) for _ in "pq")
    p[:, 3::5] = 0
    f = lambda at: float(np.sum(C * np.sin(at["p"])) + np.sum(D * at["q"] ** 2))  # noqa: E731
    return f, {"q": 2 * D * q, "p": C * np.cos(p)}, {"p": p, "q": q}


def moved(name, at, by=0.05):
    """The fault of one entry that is off by a number."""

    def fault(g):
        wrong = np.array(g[name])
        wrong[at] += by
        return g | {name: wrong}

    return fault


def exchanged(name, a, b):
    """The fault of two entries in each other's place."""

    def fault(g):
        wrong = np.array(g[name])
        wrong[a], wrong[b] = g[name][b], g[name][a]
        return g | {name: wrong}

    return fault


MANY_FAULTS = [
    moved("p", (0, 1)),
    moved("p", (1, 5)),
    moved("q", (2, 9)),
    moved("q", (3, 11)),
    exchanged("q", (0, 2), (3, 7)),
    lambda g: {"p": g["q"], "q": g["p"]},
]


def no_idle(g):
    """The fault of a parameter without influence that is left out."""
    return {name: g[name] for name in g if name != "idle"}


PROBLEMS = {
    "very small gradients": (lambda rng: little_network(rng, scale=3e-7), [off("V")]),
    "very large gradients": (lambda rng: little_network(rng, scale=1e6), [off("V")]),
    "small beside large": (lambda rng: little_network(rng, inner=1e-3), [off("V"), off("W")]),
    "a parameter without influence": (
        with_idle,
        [off("V"), moved("idle", 3), moved("idle", 1, np.nan), moved("idle", 0, np.inf), no_idle],
    ),
    "a slope that changes fast": (curved, [off("p")]),
    "many entries, names in another order": (of_many_entries, MANY_FAULTS),
    "no axis, and three axes": (
        of_any_shape,
        [off("s"), off("t"), lambda g: g | {"s": g["s"][None]}],
    ),
}


@task("gradient-check")
@pytest.mark.parametrize("kind", PROBLEMS)
def test_gradients_of_any_kind(student, rng, kind):
    """Gradients of this kind are accepted where they are right, and an error of 1 % is found"""
    problem, faults = PROBLEMS[kind]
    judge(student, rng, problem(rng), *faults)


@task("gradient-check")
def test_params_are_left_alone(student, rng):
    """After `gradient_check` the parameters are exactly what they were, whatever it answers"""
    f, g, point = little_network(rng)
    accepted = verdict(student, f, g, point)
    unchanged(student)
    refused = not verdict(student, f, off("V")(g), point)
    unchanged(student)
    if not (accepted and refused):
        raise CheckFailed("the parameters are unchanged, but the verdict is wrong")


# Task 8, vanishing


@Function.of(
    {
        "X": "N D",
        "Y": "N K",
        "weights": deep_weights,
        "activation": MLP["activation"],
        "skip": arg.optional(True),
    },
    returns="the norm",
    batch="N",
    rtol=1e-6,
    atol=0,
)
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    def loss(first):
        H = IN_TORCH[activation](torch.tensor(X) @ first)
        for W in map(torch.tensor, weights[1:-1]):
            H = IN_TORCH[activation](H @ W) + (H if skip else 0)
        return ((H @ torch.tensor(weights[-1]) - torch.tensor(Y)) ** 2).sum() / (2 * len(X))

    return np.linalg.norm(slopes(loss, weights[0])[0])


@task("vanishing")
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("activation", IN_TORCH)
def test_norm(student, reference, rng, activation, skip):
    """The norm agrees with autograd for four hidden layers, skip False or True"""
    given = {"N": 8, "M": 6, "depth": 4} | ({"skip": True} if skip else {})
    first_layer_gradient_norm.check(student, rng, reference, activation=activation, **given)


@task("vanishing")
@pytest.mark.parametrize("depth", [1, 2, 25])
def test_norm_of_other_depths(student, reference, rng, depth):
    """The norm is right for very few hidden layers, and for many, where hardly any is left"""
    deep = {"activation": "logistic"} if depth > 2 else {"skip": True}
    first_layer_gradient_norm.check(student, rng, reference, N=8, M=6, depth=depth, **deep)


# Three hidden layers with names for the sizes.
ANY_NORM = Function(
    "first_layer_gradient_norm",
    {
        "X": "N D",
        "Y": "N K",
        "weights": [arg.weights(shape) for shape in ("D M", "M M", "M M", "M K")],
        "activation": MLP["activation"],
        "skip": arg.optional(True),
    },
    truth=first_layer_gradient_norm.truth,
    returns="the norm",
    batch="N",
    rtol=1e-6,
    atol=0,
)


def shallow(rng, D, M, K):
    return deep_weights(rng, D, M, K, depth=1)


@task("vanishing", weight=0.5)
def test_norm_at_the_kink(student, rng):
    """Where a pre-activation is exactly 0, the slope of ReLU is 0 or 1"""
    call = first_layer_gradient_norm.draw(rng, N=4, D=2, M=5, K=3, depth=3)
    X, Y, (first, *others) = call["X"], call["Y"], call["weights"]
    # Exact in whatever order, and with a rounding or without.
    X[1], first[:, 2] = (0.375, 0.625), (1.25, -0.75)
    # With skips the signal comes through, whatever the units above do.
    found = student.first_layer_gradient_norm(X, Y, [first, *others], "relu", skip=True)

    def truth(shift):
        moved = first + shift * np.outer(X[1], np.arange(5) == 2)
        return first_layer_gradient_norm(X, Y, [moved, *others], "relu", skip=True)

    either(truth, lambda right: first_layer_gradient_norm.compare(found, right))


SATURATED = {"large": "what is left of a saturated slope are rounding errors"}


@task("vanishing")
@pytest.mark.parametrize(
    ("activation", "skip"), [("tanh", False), *((name, True) for name in IN_TORCH)], ids=str
)
def test_norm_in_all_sizes(student, reference, rng, activation, skip):
    """The norm is right in all sizes, where it is zero too, and call after call"""
    given = {"activation": activation} | ({"skip": True} if skip else {})
    also = {
        "for large targets": {"Y": arg.own(lambda rng, N, K: 1e4 * rng.normal(size=(N, K)))},
        "for many samples": {"N": 130},
        "for one hidden layer": {"weights": arg.own(shallow)},
        "for one that is square": {"weights": arg.own(shallow), "D": 3, "M": 3, "K": 3},
    }
    ANY_NORM.battery(student, rng, reference, also=also, without=SATURATED, **given)
