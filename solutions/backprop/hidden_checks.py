"""The marking checks of `backprop`: other sizes, other seeds, an oracle of their own.

Oracles: torch's autograd in float64 and closed forms written here, and `reference`, our own
solution. No two dimensions of a problem are equal, no unit is saturated unless that is the
point, and every check compares values, so that an empty answer earns nothing.
"""

import dataclasses

import numpy as np
import pytest
import torch
from checks import (
    ACTIVATIONS,
    IN_TORCH,
    LOGISTIC,
    OUTPUT,
    PARAMETERS,
    SCALAR,
    SKIP,
    TWO_LAYER,
    entry,
    layer_gradients,
    mlp_problem,
    mlp_truth,
    probabilities,
    sigmoid,
    two_layer_problem,
    verdict,
)

from autograder.checks import CheckFailed, Derivation, close, gradient, task, unchanged, unpack


def following(spec, **expected):
    """The public derivation plus how each line follows from the lines before it."""
    lines = [dataclasses.replace(line, expected=expected[line.name]) for line in spec.lines]
    return Derivation(given=spec.given, forward=spec.forward, lines=lines)


def of_either_sign(rng, low, high, size):
    return rng.uniform(low, high, size) * rng.choice([-1, 1], size)


def slopes(loss, *values):
    """The gradients of a torch loss with respect to every array, in float64."""
    leaves = [torch.tensor(np.asarray(v), dtype=torch.float64, requires_grad=True) for v in values]
    return [g.numpy() for g in torch.autograd.grad(loss(*leaves), leaves)]


def slope_at_h(phi):
    """The activation phi, whose slope is mistakenly taken at its value."""

    def mistaken(a):
        h = phi(a).detach()
        moving = phi(h + a - a.detach())
        return h + moving - moving.detach()

    return mistaken


def slope_missing(phi):
    """The activation phi, whose slope is mistakenly left out."""
    return lambda a: phi(a).detach() + a - a.detach()


SLOPE_MISTAKES = {"is σ′ taken at h instead of a?": slope_at_h, "is σ′ missing?": slope_missing}


# Task 1, logistic-derivative

LOGISTIC_STEPS = following(
    LOGISTIC,
    de_dz="-e",
    ds_dd="-s**2",
    ds_dz_chain="ds_dd*de_dz",
    ds_dz="s - s**2",
    dt_dz="(1 - t)*(1 + t)",
)


@task("logistic-derivative", weight=0.5)
@pytest.mark.parametrize("line", LOGISTIC_STEPS.names)
def test_logistic_step(student, line):
    """The line is right, given the lines above it"""
    LOGISTIC_STEPS.check(student.get("logistic_derivative_lines"), line)


@task("logistic-derivative")
@pytest.mark.parametrize("shape", [(), (6,), (2, 3, 4)], ids=["a number", "a vector", "3 axes"])
def test_logistic_prime_for_any_shape(student, rng, shape):
    """`logistic_prime` is exact to a relative 1e-7 and keeps the shape"""
    z = rng.uniform(-6, 6, size=shape) if shape else float(rng.uniform(1, 2))
    (truth,) = slopes(lambda v: torch.sigmoid(v).sum(), z)
    s = sigmoid(z)
    mistakes = {"is σ′ taken at σ(z) instead of at z?": sigmoid(s) * (1 - sigmoid(s))}
    close(student.logistic_prime(z), truth, atol=0, name="the slope", mistakes=mistakes)


@task("logistic-derivative")
def test_logistic_prime_far_out(student):
    """`logistic_prime` is ¼ at zero, tiny but right far out, never nan; and it leaves z alone"""
    z = np.array([-800.0, -710.0, -32.0, -20.0, 0.0, 20.0, 32.0, 710.0, 800.0])
    truth = np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2
    close(student.logistic_prime(z), truth, atol=1e-15, name="the slope")
    unchanged(student)


# Task 2, scalar-network

SCALAR_STEPS = following(
    SCALAR,
    dl_df="2*(f - y)",
    dl_dw2="dl_df*h2",
    dl_dh2="dl_df*w2",
    dl_da2="dl_dh2*h2*(1 - h2)",
    dl_dw1="dl_da2*h1",
    dl_dh1="dl_da2*w1",
    dl_da1="dl_dh1*h1*(1 - h1)",
    dl_dw0="dl_da1*x",
)


@task("scalar-network", weight=0.5)
@pytest.mark.parametrize("line", SCALAR_STEPS.names)
def test_scalar_step(student, line):
    """The line is right, given the lines above it"""
    SCALAR_STEPS.check(student.get("scalar_network_lines"), line)


def scalar_gradients(x, y, w0, w1, w2, phi=torch.sigmoid):
    def loss(w0, w1, w2):
        return (w2 * phi(w1 * phi(w0 * x)) - y) ** 2

    return dict(zip(("w0", "w1", "w2"), slopes(loss, w0, w1, w2), strict=True))


@task("scalar-network", weight=1.5)
@pytest.mark.parametrize("name", ["w0", "w1", "w2"])
def test_own_number(student, variant, name):
    """The gradient in `my_gradients` is right at the student's own numbers"""
    number = entry(student.get("my_gradients"), name, "my_gradients")
    example = scalar_gradients(1.0, 1.0, 0.5, -1.0, 2.0)[name]
    mistakes = {"this is the gradient at the example's numbers, not at your own": example}
    for text, wrong in SLOPE_MISTAKES.items():
        mistakes[text] = scalar_gradients(**variant, phi=wrong(torch.sigmoid))[name]
    truth = scalar_gradients(**variant)[name]
    close(number, truth, rtol=5e-4, atol=0, name=f"the gradient of {name}", mistakes=mistakes)


# Task 3, two-layer

TWO_LAYER_STEPS = following(
    TWO_LAYER,
    delta="f - y",
    dl_dW2="outer(h, delta)",
    dl_db2="delta",
    s="(delta @ W2.T)*h*(1 - h)",
    dl_dW1="outer(x, s)",
    dl_db1="s",
)


@task("two-layer", weight=0.5)
@pytest.mark.parametrize("line", TWO_LAYER_STEPS.names)
def test_two_layer_step(student, line):
    """The line is right, given the lines above it"""
    TWO_LAYER_STEPS.check(student.get("two_layer_lines"), line)


def two_layer_truth(X, Y, params, phi=torch.sigmoid):
    def loss(W1, b1, W2, b2):
        out = phi(torch.tensor(X) @ W1 + b1) @ W2 + b2
        return ((out - torch.tensor(Y)) ** 2).sum(dim=1).mean() / 2

    return dict(zip(params, slopes(loss, *params.values()), strict=True))


@task("two-layer")
@pytest.mark.parametrize("name", PARAMETERS)
def test_two_layer_gradient(student, rng, name):
    """The batch gradient of this parameter agrees with autograd"""
    X, Y, params = two_layer_problem(rng, N=7, D=5, H=4, K=3)
    result = entry(student.two_layer_backward(X, Y, *params.values()), name, "the result")
    truth = two_layer_truth(X, Y, params)[name]
    no_bias = params | {"b1": 0 * params["b1"], "b2": 0 * params["b2"]}
    mistakes = {
        "do the biases take part in the forward pass?": two_layer_truth(X, Y, no_bias)[name],
        "is only the first sample used?": two_layer_truth(X[:1], Y[:1], params)[name],
        "is the mean taken over the outputs as well?": truth / 3,
    }
    for text, wrong in SLOPE_MISTAKES.items():
        mistakes[text] = two_layer_truth(X, Y, params, wrong(torch.sigmoid))[name]
    what = f"the gradient of {name}"
    close(result, truth, rtol=1e-4, atol=1e-6, N=7, name=what, mistakes=mistakes)


@task("two-layer", weight=0.5)
@pytest.mark.parametrize("sizes", [(1, 3, 2, 4), (9, 2, 6, 1), (2, 1, 3, 5)], ids=str)
def test_two_layer_of_other_sizes(student, rng, sizes):
    """All four gradients are right for (N, D, H, K) of this size"""
    X, Y, params = two_layer_problem(rng, *sizes)
    truth = two_layer_truth(X, Y, params)
    result = student.two_layer_backward(X, Y, *params.values())
    for name in PARAMETERS:
        got = entry(result, name, "the result")
        close(got, truth[name], rtol=1e-4, atol=1e-6, N=sizes[0], name=f"the gradient of {name}")


@task("two-layer")
def test_two_layer_leaves_its_arguments_alone(student, rng):
    """`two_layer_backward` changes none of its arguments"""
    X, Y, params = two_layer_problem(rng, N=6, D=2, H=5, K=3)
    result = student.two_layer_backward(X, Y, *params.values())
    unchanged(student)
    truth = two_layer_truth(X, Y, params)["b2"]
    close(entry(result, "b2", "the result"), truth, rtol=1e-4, atol=1e-6, N=6, name="b2")


# Task 4, output-layers

OUTPUT_STEPS = following(
    OUTPUT,
    df_da="f*(1 - f)",
    dsq_da="(f - y)*df_da",
    dbce_df="(f - y)/(f*(1 - f))",
    dbce_da="f - y",
    dp_dz="diag(p) - outer(p, p)",
    dce_dp="-t/p",
    dce_dz="p - t",
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


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("loss", ["squared_error", "cross_entropy"])
def test_sigmoid_output(student, rng, loss):
    """The signal of a sigmoid output agrees with autograd, far out too"""
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    losses = {
        "squared_error": lambda a, y: ((torch.sigmoid(a) - y) ** 2).sum() / 2,
        "cross_entropy": lambda a, y: bce(a, y, reduction="sum"),
    }
    function = getattr(student, f"{loss}_delta")
    near = (rng.uniform(-3, 3, size=6), rng.uniform(0.1, 0.9, size=6))
    far = (np.array([-900.0, 900.0, 40.0, 1000.0]), np.array([1.0, 1.0, 0.0, 0.3]))
    for a, y in (near, far):
        truths = {name: slopes(of, a, y)[0] for name, of in losses.items()}
        other = truths["cross_entropy" if loss == "squared_error" else "squared_error"]
        mistakes = {"this is the signal of the other loss": other}
        close(function(a, y), truths[loss], N=len(a), name="the signal", mistakes=mistakes)


def check_jacobian(student, z):
    truth = torch.autograd.functional.jacobian(lambda v: torch.softmax(v, 0), torch.tensor(z))
    mistakes = {"the entries off the diagonal are missing": np.diag(np.diag(truth))}
    close(student.softmax_jacobian(z), truth, name="the Jacobian", mistakes=mistakes)


def check_cross_entropy(student, Z, Y, part):
    leaf = torch.tensor(Z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(leaf, torch.tensor(Y))
    truths = {"loss": loss, "gradient": torch.autograd.grad(loss, leaf)[0]}
    results = dict(zip(truths, unpack(student.softmax_cross_entropy(Z, Y), 2), strict=True))
    close(results[part], truths[part], N=len(Z), name=f"the {part}")


@task("output-layers")
@pytest.mark.parametrize("classes", [3, 5])
def test_softmax_jacobian(student, rng, classes):
    """`softmax_jacobian` agrees with autograd, off the diagonal too"""
    check_jacobian(student, rng.uniform(-2, 2, size=classes))


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("part", ["loss", "gradient"])
def test_softmax_cross_entropy(student, rng, part):
    """`softmax_cross_entropy` is right for one-hot and for soft targets"""
    for Y in (np.eye(4)[rng.integers(4, size=6)], probabilities(rng, (6, 4))):
        check_cross_entropy(student, rng.uniform(-3, 3, size=(6, 4)), Y, part)


@task("output-layers")
@pytest.mark.parametrize("function", ["softmax_jacobian", "softmax_cross_entropy"])
def test_large_logits(student, function):
    """Logits up to ±1000 give finite numbers, and the right ones"""
    if function == "softmax_jacobian":
        for z in FAR:
            check_jacobian(student, z)
        return
    for part in ("loss", "gradient"):
        check_cross_entropy(student, FAR, np.eye(5)[[0, 2, 1, 4]], part)


@task("output-layers", weight=0.5)
def test_output_layers_leave_their_arguments_alone(student, reference, rng):
    """None of the four functions changes its arguments"""
    a, y, Z, Y = (probabilities(rng, shape) for shape in (5, 5, (6, 4), (6, 4)))
    arguments = {
        "squared_error_delta": (a, y),
        "cross_entropy_delta": (a, y),
        "softmax_jacobian": (a,),
        "softmax_cross_entropy": (Z, Y),
    }
    for name, given in arguments.items():
        result = getattr(student, name)(*given)
        unchanged(student)
        close(result, getattr(reference, name)(*given), name=f"the result of `{name}`")


# Task 5, mlp


@task("mlp", weight=0.5)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_mlp_forward(student, reference, rng, activation):
    """`mlp_forward` returns every A and every H of a network with three hidden layers"""
    X, _, weights, biases = mlp_problem(rng, (5, 4, 6, 2, 3), N=7)
    A, H = unpack(student.mlp_forward(X, weights, biases, activation), 2)
    true_A, true_H = reference.mlp_forward(X, weights, biases, activation)
    close(A, true_A, name="A")
    close(H, true_H, name="H")
    logits, *_ = mlp_truth(X, np.eye(3)[[0] * 7], weights, biases, activation)
    close(A[3], logits, name="the logits")


@task("mlp", weight=0.75)
@pytest.mark.parametrize("group", ["weights", "biases"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_mlp_gradients(student, rng, activation, group):
    """The gradients of a network with three hidden layers agree with autograd"""
    X, Y, weights, biases = mlp_problem(rng, (5, 4, 6, 2, 3), N=7)
    at = ("weights", "biases").index(group)
    loss, *found = layer_gradients(student.mlp_backward(X, Y, weights, biases, activation), 4)
    _, true_loss, *truth = mlp_truth(X, Y, weights, biases, activation)
    mistaken = {
        text: mlp_truth(X, Y, weights, biases, mistake(IN_TORCH[activation]))[2 + at]
        for text, mistake in SLOPE_MISTAKES.items()
    }
    for layer in (3, 2, 1, 0):
        mistakes = {text: values[layer] for text, values in mistaken.items()}
        name = f"the gradient of {group}[{layer}]"
        close(found[at][layer], truth[at][layer], N=7, name=name, mistakes=mistakes)
    close(loss, true_loss, N=7, name="the loss")


@task("mlp")
@pytest.mark.parametrize(
    ("N", "sizes"), [(9, (4, 3)), (1, (5, 2, 4)), (9, (2, 3, 4, 5, 6, 7, 8))], ids=str
)
def test_mlp_of_other_depths(student, reference, rng, N, sizes):
    """For N samples and these layer sizes the forward and the backward pass are right"""
    X, Y, weights, biases = mlp_problem(rng, sizes, N)
    forward = reference.mlp_forward(X, weights, biases, "tanh")
    close(student.mlp_forward(X, weights, biases, "tanh"), forward, name="(A, H)")
    found = layer_gradients(student.mlp_backward(X, Y, weights, biases, "tanh"), len(weights))
    _, *truth = mlp_truth(X, Y, weights, biases, "tanh")
    for what, got, right in zip(("loss", "weights", "biases"), found, truth, strict=True):
        close(got, right, N=N, name=what)


@task("mlp")
def test_mlp_passes_a_gradient_check(student, rng):
    """The gradients agree with central differences of our own loss"""
    X, Y, weights, biases = mlp_problem(rng, (3, 4, 5, 2), N=6)
    found = layer_gradients(student.mlp_backward(X, Y, weights, biases, "logistic"), 3)
    gradient.check(
        lambda p: mlp_truth(X, Y, p[:3], p[3:], "logistic")[1],
        [*found[1], *found[2]],
        [*weights, *biases],
        rng=rng,
    )


@task("mlp", weight=0.5)
def test_mlp_with_large_logits(student, rng):
    """Logits around ±1000 give the right loss and gradients, not nan or inf"""
    X, Y, weights, biases = mlp_problem(rng, (3, 7, 5), N=4)
    hidden = np.tanh(X @ weights[0] + biases[0])
    weights[1] = np.linalg.pinv(hidden) @ (FAR - biases[1])
    loss, dW, db = layer_gradients(student.mlp_backward(X, Y, weights, biases, "tanh"), 2)
    _, true_loss, true_dW, true_db = mlp_truth(X, Y, weights, biases, "tanh")
    close(loss, true_loss, N=4, name="the loss")
    close(db[1], true_db[1], N=4, name="the gradient of biases[1]")
    close(dW[0], true_dW[0], N=4, name="the gradient of weights[0]")


@task("mlp", weight=0.5)
def test_mlp_leaves_arguments_alone(student, rng):
    """`mlp_forward` and `mlp_backward` change none of their arguments"""
    X, Y, weights, biases = mlp_problem(rng, (4, 6, 3), N=5)
    student.mlp_forward(X, weights, biases, "relu")
    unchanged(student)
    _, _, db = layer_gradients(student.mlp_backward(X, Y, weights, biases, "relu"), 2)
    unchanged(student)
    close(db[1], mlp_truth(X, Y, weights, biases, "relu")[3][1], N=5, name="biases[1]")


# Task 6, skip-connection

SKIP_STEPS = following(
    SKIP,
    dh2_da2="(h2 - h1)*(1 - h2 + h1)",
    dh2_dh1="dh2_da2*w1 + 1",
    dl_dw2="2*(f - y)*h2",
    dl_dw1="2*(f - y)*w2*dh2_da2*h1",
    dl_dw0="2*(f - y)*w2*dh2_dh1*h1*(1 - h1)*x",
)


@task("skip-connection", weight=0.5)
@pytest.mark.parametrize("line", SKIP_STEPS.names)
def test_skip_step(student, line):
    """The line is right, given the lines above it"""
    SKIP_STEPS.check(student.get("skip_connection_lines"), line)


def skip_truth(x, y, weights, notes=False):
    """The gradients; or those of notes 001, with the slope h2(1 − h2) although h2 holds h1 too."""

    def loss(w0, w1, w2):
        h1 = torch.sigmoid(w0 * torch.tensor(x))
        a2 = w1 * h1
        h2 = torch.sigmoid(a2) + h1
        if notes:
            h2 = h2.detach() + (h2 * (1 - h2)).detach() * (a2 - a2.detach()) + h1 - h1.detach()
        return ((w2 * h2 - torch.tensor(y)) ** 2).mean()

    return dict(zip(("w0", "w1", "w2"), slopes(loss, *weights), strict=True))


def skip_problem(rng, N):
    """Return x, y and weights of either sign, the target clearly missed."""
    x, y = rng.uniform(0.5, 2, size=N), rng.uniform(4, 6, size=N)
    x[::2] *= -1
    y[::3] *= -1
    return x, y, of_either_sign(rng, 0.6, 1.6, 3).tolist()


@task("skip-connection")
@pytest.mark.parametrize("name", ["w0", "w1", "w2"])
def test_skip_gradient(student, rng, name):
    """The gradient of this weight agrees with autograd for six samples, at weights of any sign"""
    notes = "this is the formula of the notes: h2 is not the value of the logistic function"
    x, y, weights = skip_problem(rng, N=6)
    for w in (weights, [-weight for weight in weights]):
        mistakes = {
            notes: skip_truth(x, y, w, notes=True)[name],
            "is only the first sample used?": skip_truth(x[:1], y[:1], w)[name],
        }
        found = entry(student.skip_gradients(x, y, *w), name, "the result")
        truth, label = skip_truth(x, y, w)[name], f"the gradient of {name}"
        close(found, truth, rtol=1e-5, atol=1e-6, N=6, name=label, mistakes=mistakes)


@task("skip-connection", weight=0.5)
def test_skip_gradients_of_one_sample(student, rng):
    """All three gradients are right for a single sample, and x and y are left alone"""
    x, y, w = skip_problem(rng, N=1)
    result = student.skip_gradients(x, y, *w)
    unchanged(student)
    for name, slope in skip_truth(x, y, w).items():
        found = entry(result, name, "the result")
        close(found, slope, rtol=1e-5, atol=1e-6, name=f"the gradient of {name}")


# Task 7, gradient-check


def little_network(rng, scale=1.0, inner=1.0):
    """A loss of four parameters (one a square matrix), its gradient and a point.

    `scale` multiplies the loss; `inner` makes the first layer matter less than the second.
    """
    X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    shapes = {"W": (3, 3), "b": (3,), "V": (3, 2), "c": (2,)}
    point = {name: of_either_sign(rng, 0.4, 1.2, size) for name, size in shapes.items()}

    def loss(W, b, V, c, lib=torch, wrap=torch.tensor):
        out = lib.tanh(inner * (wrap(X) @ W + b)) @ V + c
        return scale * ((out - wrap(Y)) ** 2).sum() / 5

    def f(p):
        return float(loss(*(np.asarray(p[name]) for name in shapes), lib=np, wrap=np.asarray))

    return f, dict(zip(shapes, slopes(loss, *point.values()), strict=True)), point


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
    "one bias entry off by 1 %": off("c", 0.99),
    "a transposed matrix": lambda g: g | {"W": g["W"].T.copy()},
    "a bias gradient of zeros": lambda g: g | {"b": np.zeros(3)},
    "a bias left out": lambda g: {name: g[name] for name in ("W", "b", "V")},
    "the opposite sign": lambda g: {name: -g[name] for name in g},
    "twice the gradient": lambda g: {name: 2 * g[name] for name in g},
    "nan in one entry": off("b", np.nan),
    "an infinite entry": off("b", np.inf),
    "another shape": lambda g: g | {"V": g["V"].T.copy()},
    "the right numbers in another shape": lambda g: g | {"b": g["b"][None]},
}


def judge(student, problem, *faults):
    """Insist on True for the gradient and on False for the same gradient with each fault."""
    f, g, point = problem
    if not verdict(student, f, g, point):
        raise CheckFailed("a right gradient was refused")
    for fault in faults:
        if verdict(student, f, fault(g), point):
            raise CheckFailed("a right gradient was accepted, but a wrong one too")


@task("gradient-check")
@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault(student, rng, fault):
    """A right gradient is accepted and this fault is found"""
    judge(student, little_network(rng), FAULTS[fault])


@task("gradient-check")
def test_every_entry_counts(student, rng):
    """An error of 1 % is found in whichever entry it is"""
    problem = little_network(rng)
    g = problem[1]
    judge(
        student, problem, *(off(name, at=at) for name in ("V", "b") for at in noticeable(g[name]))
    )


@task("gradient-check")
def test_params_of_any_shape(student, rng):
    """A parameter without an axis and one with three axes are judged like any other"""
    C = -rng.uniform(0.5, 1, size=(2, 4, 3))
    s, t = np.array(rng.uniform(0.5, 1)), rng.uniform(0.5, 1, size=C.shape)
    g = {"s": np.array(np.sum(C * t * np.cos(s * t))), "t": C * s * np.cos(s * t)}
    problem = (lambda p: float(np.sum(C * np.sin(p["s"] * p["t"]))), g, {"s": s, "t": t})
    judge(student, problem, off("s"), off("t"), lambda g: g | {"s": g["s"][None]})


@task("gradient-check")
@pytest.mark.parametrize("scale", [1e-6, 1e6], ids=["very small", "very large"])
def test_gradients_of_any_size(student, rng, scale):
    """Gradients of another size are judged as strictly as others"""
    judge(student, little_network(rng, scale=scale), off("V"))


@task("gradient-check")
def test_each_array_by_its_own_size(student, rng):
    """A fault in an array with small gradients is found beside one with large gradients"""
    judge(student, little_network(rng, inner=1e-3), off("V"), off("W"))


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


@task("gradient-check")
def test_zero_gradient(student, rng):
    """A parameter without influence, and a gradient of zeros for it, is right"""
    f, g, point = little_network(rng)
    point["idle"], g["idle"] = rng.uniform(0.5, 1, size=4), np.zeros(4)
    judge(student, (f, g, point), off("V"))


# Task 8, vanishing


def deep_truth(X, Y, weights, phi, skip):
    """The gradient of every weight matrix, by autograd."""

    def loss(first, *others):
        H = phi(torch.tensor(X) @ first)
        for W in others[:-1]:
            H = phi(H @ W) + H if skip else phi(H @ W)
        return ((H @ others[-1] - torch.tensor(Y)) ** 2).sum() / (2 * len(X))

    return slopes(loss, *weights)


def deep_network(rng, depth, width=6):
    sizes = [4, *depth * [width], 3]
    weights = [rng.normal(size=s) / s[0] ** 0.5 for s in zip(sizes[:-1], sizes[1:], strict=True)]
    return rng.normal(size=(8, 4)), rng.normal(size=(8, 3)), weights


def compare_norm(student, X, Y, weights, activation, skip):
    # That there are no skips is the default: it is left to it.
    skips = (True,) if skip else ()
    found = student.first_layer_gradient_norm(X, Y, weights, activation, *skips)
    phi = IN_TORCH[activation]
    truth = deep_truth(X, Y, weights, phi, skip)
    size = np.linalg.norm(truth[0])
    mistakes = {
        "this is the squared norm": size**2,
        "this is the spectral norm: take the Frobenius norm": np.linalg.norm(truth[0], 2),
        "this is the norm of the last layer's gradient": np.linalg.norm(truth[-1]),
    }
    for text, wrong in SLOPE_MISTAKES.items():
        mistakes[text] = np.linalg.norm(deep_truth(X, Y, weights, wrong(phi), skip)[0])
    if len(weights) > 2:
        other = np.linalg.norm(deep_truth(X, Y, weights, phi, not skip)[0])
        mistakes["the skips are left out" if skip else "there are skips in it"] = other
    close(found, size, rtol=1e-6, atol=0, N=len(X), name="the norm", mistakes=mistakes)


@task("vanishing")
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_norm(student, rng, activation, skip):
    """The norm agrees with autograd for four hidden layers, skip False or True"""
    compare_norm(student, *deep_network(rng, depth=4), activation, skip)


@task("vanishing")
@pytest.mark.parametrize("depth", [1, 2])
def test_norm_of_a_shallow_network(student, rng, depth):
    """The norm is right for very few hidden layers"""
    compare_norm(student, *deep_network(rng, depth=depth), "tanh", True)


@task("vanishing")
def test_norm_of_a_deep_network(student, rng):
    """The norm is right to a relative 1e-6 where hardly any is left; the arguments stay as they are"""
    compare_norm(student, *deep_network(rng, depth=25), "logistic", False)
    unchanged(student)
