"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with numerical differences of the loss or with torch, never
with a formula. When we mark, these checks run again, and others with other inputs.
"""

import numpy as np
import pytest
import torch
from torch.nn import functional

from autograder.checks import (
    CheckFailed,
    Derivation,
    Function,
    Line,
    arg,
    close,
    draw,
    entry,
    gradient,
    normal,
    slopes,
    task,
    unpack,
)

SALT = "backprop-2026"
WEIGHTS = ("w0", "w1", "w2")


def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=np.float64)))


IN_TORCH = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}

# 1 logistic-derivative

LOGISTIC = Derivation(
    given={"z": ()},
    forward={"e": "exp(-z)", "d": "1 + e", "s": "1/d", "t": "tanh(z)"},
    lines=[
        Line("de_dz", derivative=("e", "z")),
        Line("ds_dd", derivative=("s", "d")),
        Line("ds_dz_chain", derivative=("s", "z")),
        Line("ds_dz", derivative=("s", "z"), symbols={"s"}),
        Line("dt_dz", derivative=("t", "z"), symbols={"t"}),
    ],
)


@Function.of({"z": "*B"}, returns="the slope", atol=1e-15)
def logistic_prime(z):
    return slopes(torch.sigmoid, z)[0]


@task("logistic-derivative", weight=0.5)
@pytest.mark.parametrize("line", LOGISTIC.names)
def test_logistic_line(student, line):
    """The line equals the derivative it stands for"""
    LOGISTIC.check(student.get("logistic_derivative_lines"), line)


@task("logistic-derivative")
def test_logistic_prime_is_the_slope(student, rng):
    """`logistic_prime` is the slope of the logistic function, for an array of shape (2, 3)"""
    logistic_prime.check(student, rng, B=(2, 3))


# 2 scalar-network

SCALAR = Derivation(
    given=dict.fromkeys(("x", "y", *WEIGHTS), ()),
    forward={
        "a1": "w0*x",
        "h1": "sigmoid(a1)",
        "a2": "w1*h1",
        "h2": "sigmoid(a2)",
        "f": "w2*h2",
        "loss": "(f - y)**2",
    },
    lines=[
        Line(f"dl_d{name}", derivative=("loss", name))
        for name in ("f", "w2", "h2", "a2", "w1", "h1", "a1", "w0")
    ],
)


@draw("scalar-network")
def scalar_numbers(rng):
    """Draw numbers that no two are alike, no unit saturated and the target clearly missed."""
    x = round(rng.uniform(1.1, 1.6), 2)
    sizes = rng.permutation(rng.uniform((0.5, 0.9, 1.3), (0.8, 1.2, 1.6)))
    signs = rng.permutation([-1, 1, rng.choice([-1, 1])])
    w0, w1, w2 = (round(weight, 2) for weight in sizes * signs)
    y = round(scalar_output(x, w0, w1, w2) + rng.choice([-1, 1]) * rng.uniform(0.6, 1.4), 2)
    return {"x": float(x), "y": float(y), "w0": float(w0), "w1": float(w1), "w2": float(w2)}


def scalar_output(x, w0, w1, w2, skip=0):
    h1 = sigmoid(w0 * x)
    return w2 * (sigmoid(w1 * h1) + skip * h1)


@task("scalar-network", weight=0.5)
@pytest.mark.parametrize("line", SCALAR.names)
def test_scalar_line(student, line):
    """The line equals the derivative it stands for"""
    SCALAR.check(student.get("scalar_network_lines"), line)


@task("scalar-network")
def test_your_three_numbers(student, variant):
    """`my_gradients` holds the slopes of the loss at your own numbers"""
    x, y, *weights = (variant[name] for name in ("x", "y", *WEIGHTS))
    truth = gradient.numerical(lambda w: (scalar_output(x, *w) - y) ** 2, weights)
    for name, slope in zip(WEIGHTS, truth, strict=True):
        number = entry(student.get("my_gradients"), name, "my_gradients")
        close(number, slope, rtol=5e-4, name=f'my_gradients["{name}"]')


# 3 two-layer

TWO_LAYER = Derivation(
    given={"x": (3,), "y": (2,), "W1": (3, 4), "b1": (4,), "W2": (4, 2), "b2": (2,)},
    forward={
        "a": "x @ W1 + b1",
        "h": "sigmoid(a)",
        "f": "h @ W2 + b2",
        "loss": "sum((f - y)**2)/2",
    },
    lines=[
        Line("delta", derivative=("loss", "f")),
        Line("dl_dW2", derivative=("loss", "W2")),
        Line("dl_db2", derivative=("loss", "b2")),
        Line("s", derivative=("loss", "a")),
        Line("dl_dW1", derivative=("loss", "W1")),
        Line("dl_db1", derivative=("loss", "b1")),
    ],
)
MEAN = {"batch": "N", "atol": 1e-6}
PARAMETERS = {"W1": "D H", "b1": "H", "W2": "H K", "b2": "K"}


@Function.of(
    {"X": "N D", "Y": "N K", **PARAMETERS},
    returns={name: f"the gradient of {name}" for name in PARAMETERS},
    rtol=1e-4,
    **MEAN,
)
def two_layer_backward(X, Y, W1, b1, W2, b2):
    def loss(W1, b1, W2, b2):
        out = functional.linear(torch.sigmoid(torch.tensor(X) @ W1 + b1), W2.T, b2)
        return ((out - torch.tensor(Y)) ** 2).sum(dim=1).mean() / 2

    return slopes(loss, W1=W1, b1=b1, W2=W2, b2=b2)


@task("two-layer", weight=0.5)
@pytest.mark.parametrize("line", TWO_LAYER.names)
def test_two_layer_line(student, line):
    """The line equals the derivative it stands for, for one sample"""
    TWO_LAYER.check(student.get("two_layer_lines"), line)


@task("two-layer", weight=0.5)
@pytest.mark.parametrize("name", PARAMETERS)
def test_two_layer_slopes(student, rng, name):
    """The gradient that `two_layer_backward` returns is the slope of the mean loss"""
    two_layer_backward.check(student, rng, part=name, N=4, D=3, H=5, K=2)


# 4 output-layers


def soft(rng, N, K):
    """Targets that sum to one in each row, like one-hot vectors but softer."""
    raw = rng.uniform(0.2, 1, size=(N, K))
    return raw / raw.sum(axis=1, keepdims=True)


def one_hot(rng, N, K):
    return np.eye(K)[rng.permutation(np.arange(N) % K)]


OUTPUT = Derivation(
    given={
        "a": (),
        "y": lambda rng: rng.uniform(0.1, 0.9),
        "z": (4,),
        "t": lambda rng: soft(rng, 1, 4)[0],
    },
    forward={
        "f": "sigmoid(a)",
        "sq": "(f - y)**2/2",
        "bce": "-(y*log(f) + (1 - y)*log(1 - f))",
        "p": "softmax(z)",
        "ce": "-sum(t*log(p))",
    },
    lines=[
        Line("df_da", derivative=("f", "a")),
        Line("dsq_da", derivative=("sq", "a")),
        Line("dbce_df", derivative=("bce", "f")),
        Line("dbce_da", derivative=("bce", "a"), symbols={"f", "y"}),
        Line("dp_dz", derivative=("p", "z")),
        Line("dce_dp", derivative=("ce", "p")),
        Line("dce_dz", derivative=("ce", "z"), symbols={"p", "t"}),
    ],
)
SAMPLES = {"a": "N", "y": arg.uniform("N", 0, 1)}


@Function.of(SAMPLES, returns="the signal", batch="N", large=200)
def squared_error_delta(a, y):
    return slopes(lambda a: (torch.sigmoid(a) - torch.tensor(y)) ** 2 / 2, a)[0]


@Function.of(SAMPLES, returns="the signal", batch="N", large=200)
def cross_entropy_delta(a, y):
    loss = functional.binary_cross_entropy_with_logits
    return slopes(lambda a: loss(a, torch.tensor(y), reduction="sum"), a)[0]


@Function.of({"z": "K"}, returns="the Jacobian", large=200)
def softmax_jacobian(z):
    rows = range(len(z))
    return np.stack([slopes(lambda z, row=row: z.softmax(dim=0)[row], z)[0] for row in rows])


@Function.of({"Z": "N K", "Y": soft}, returns=("the loss", "the gradient"), batch="N", large=200)
def softmax_cross_entropy(Z, Y):
    def loss(Z):
        return functional.cross_entropy(Z, torch.tensor(Y))

    return loss(torch.tensor(Z)), slopes(loss, Z)[0]


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("line", OUTPUT.names)
def test_output_line(student, line):
    """The line equals the derivative it stands for"""
    OUTPUT.check(student.get("output_layers_lines"), line)


OUTPUT_FUNCTIONS = (
    squared_error_delta,
    cross_entropy_delta,
    softmax_jacobian,
    softmax_cross_entropy,
)


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("function", OUTPUT_FUNCTIONS, ids=lambda function: function.name)
def test_output_slopes(student, rng, function):
    """The function agrees with torch's autograd for a few numbers"""
    function.check(student, rng)


# 5 mlp

# `layers` are the sizes of the layers, such as (3, 5, 2).
MLP = {
    "X": lambda rng, N, layers: rng.normal(size=(N, layers[0])),
    "Y": lambda rng, N, layers: one_hot(rng, N, layers[-1]),
    "weights": lambda rng, layers: [
        rng.normal(size=pair) / pair[0] ** 0.5 for pair in zip(layers[:-1], layers[1:], strict=True)
    ],
    "biases": lambda rng, layers: [rng.normal(size=size) for size in layers[1:]],
    "activation": arg.fixed("tanh"),
}
MLP_GRADIENTS = ("the loss", "the list of weight gradients", "the list of bias gradients")


@Function.of(MLP, returns=MLP_GRADIENTS, batch="N")
def mlp_backward(X, Y, weights, biases, activation):
    depth = len(weights)

    def loss(*leaves):
        out = torch.tensor(X)
        for layer, (W, b) in enumerate(zip(leaves[:depth], leaves[depth:], strict=True)):
            out = functional.linear(IN_TORCH[activation](out) if layer else out, W.T, b)
        return functional.cross_entropy(out, torch.tensor(Y))

    found = slopes(loss, *weights, *biases)
    return loss(*map(torch.tensor, (*weights, *biases))), found[:depth], found[depth:]


@task("mlp")
def test_mlp_forward_with_one_hidden_layer(student, rng):
    """Every A is its H times weights plus bias, every further H the tanh of the A before it"""
    call = mlp_backward.draw(rng, N=4, layers=(3, 5, 2))
    X, weights, biases = call["X"], call["weights"], call["biases"]
    A, H = unpack(student.mlp_forward(X, weights, biases, "tanh"), 2, name="the result")
    A, H = unpack(A, 2, name="the list A"), unpack(H, 2, name="the list H")
    close(H[0], X, name="H[0]")
    close(A[0], X @ weights[0] + biases[0], name="A[0]")
    close(H[1], np.tanh(np.asarray(A[0])), name="H[1]")
    close(A[1], np.asarray(H[1]) @ weights[1] + biases[1], name="A[1]")


@task("mlp", weight=0.5)
@pytest.mark.parametrize("activation", IN_TORCH)
def test_mlp_gradients_with_one_hidden_layer(student, rng, activation):
    """`mlp_backward` agrees with torch on a network with one hidden layer"""
    mlp_backward.check(student, rng, activation=activation, N=4, layers=(3, 5, 2))


# 6 skip-connection

SKIP = Derivation(
    given=SCALAR.given,
    forward=SCALAR.forward | {"h2": "sigmoid(a2) + h1"},
    lines=[
        Line("dh2_da2", derivative=("h2", "a2"), symbols={"h1", "h2"}),
        Line("dh2_dh1", derivative=("h2", "h1")),
        Line("dl_dw2", derivative=("loss", "w2")),
        Line("dl_dw1", derivative=("loss", "w1")),
        Line("dl_dw0", derivative=("loss", "w0")),
    ],
)


@task("skip-connection", weight=0.5)
@pytest.mark.parametrize("line", SKIP.names)
def test_skip_line(student, line):
    """The line equals the derivative it stands for"""
    SKIP.check(student.get("skip_connection_lines"), line)


@task("skip-connection")
def test_skip_slopes_at_the_example(student):
    """`skip_gradients` gives the slopes at x = y = 1 and weights (0.5, -1, 2)"""
    example = np.array([0.5, -1.0, 2.0])
    results = student.skip_gradients(np.ones(1), np.ones(1), *example.tolist())
    truth = gradient.numerical(lambda w: (scalar_output(1.0, *w, skip=1) - 1) ** 2, example)
    for name, slope in zip(WEIGHTS, truth, strict=True):
        close(entry(results, name), slope, rtol=1e-5, name=f"the gradient of {name}")


# 7 gradient-check


def toy_problem(rng):
    """Return a function of a matrix and a vector, its gradient, and a point."""
    target = rng.normal(size=(2, 3))

    def f(p):
        return float(np.sum(np.sin(p["W"]) * target) + np.sum(p["b"] ** 3) * p["W"][0, 1])

    point = {"W": rng.uniform(0.4, 1, size=(2, 3)), "b": rng.uniform(0.4, 1, size=2)}
    right = {"W": target * np.cos(point["W"]), "b": 3 * point["b"] ** 2 * point["W"][0, 1]}
    right["W"][0, 1] += np.sum(point["b"] ** 3)
    return f, right, point


def verdict(student, f, grads, params):
    """Ask `gradient_check` and insist on True or False."""
    answer = student.gradient_check(f, grads, params)
    if not isinstance(answer, bool | np.bool_):
        raise CheckFailed("`gradient_check` must return True or False, for every gradient")
    return bool(answer)


FAULTS = {
    "sign": lambda g: g | {"W": -g["W"]},
    "zeros": lambda g: g | {"b": 0 * g["b"]},
    "two entries swapped": lambda g: g | {"b": g["b"][::-1].copy()},
}


@task("gradient-check")
@pytest.mark.parametrize("fault", FAULTS)
def test_simple_faults_are_found(student, rng, fault):
    """`gradient_check` says True to a right gradient and False to one with this fault"""
    f, right, point = toy_problem(rng)
    assert verdict(student, f, right, point), "a right gradient was refused"
    assert not verdict(student, f, FAULTS[fault](right), point), "a wrong gradient was accepted"


# 8 vanishing


def deep_weights(rng, D, M, K, depth):
    sizes = [D, *depth * [M], K]
    return [rng.normal(size=s) / s[0] ** 0.5 for s in zip(sizes[:-1], sizes[1:], strict=True)]


def deep_loss(X, Y, weights, skip):
    """The loss of the network of tanh without biases; skips around hidden layers 2, 3, ..."""
    H = np.tanh(X @ weights[0])
    for middle in weights[1:-1]:
        H = np.tanh(H @ middle) + (H if skip else 0)
    return np.sum((H @ weights[-1] - Y) ** 2) / (2 * len(Y))


@task("vanishing")
@pytest.mark.parametrize("skip", [False, True])
def test_norm_of_the_slopes(student, rng, skip):
    """The norm is that of the slopes along W_0, three hidden layers of tanh, skip as given"""
    X, Y = normal(rng, (5, 2), (5, 4))
    first, *others = deep_weights(rng, D=2, M=3, K=4, depth=3)
    truth = gradient.numerical(lambda W: deep_loss(X, Y, [W, *others], skip), first)
    norm = student.first_layer_gradient_norm(X, Y, [first, *others], "tanh", skip)
    close(norm, np.sqrt(np.sum(truth**2)), rtol=1e-5, atol=0, name="the norm", N=5)
