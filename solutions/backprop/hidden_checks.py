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
def test_logistic_prime_for_any_shape(student, reference, rng, shape):
    """`logistic_prime` is exact to a relative 1e-7 and keeps the shape"""
    z = rng.uniform(-6, 6, size=shape) if shape else float(rng.uniform(1, 2))
    (truth,) = slopes(lambda v: torch.sigmoid(v).sum(), z)
    s = sigmoid(z)
    mistakes = {"is σ′ taken at σ(z) instead of at z?": sigmoid(s) * (1 - sigmoid(s))}
    result = student.logistic_prime(z)
    close(result, truth, atol=0, name="the slope", mistakes=mistakes)
    close(result, reference.logistic_prime(z), atol=0, name="the slope")


@task("logistic-derivative")
def test_logistic_prime_far_out(student):
    """`logistic_prime` is tiny far from zero, never nan, and ¼ at zero"""
    z = np.array([-800.0, -30.0, 0.0, 720.0])
    close(student.logistic_prime(z), [0, 9.3576e-14, 0.25, 0], rtol=1e-4, atol=1e-15)


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
def test_two_layer_of_other_sizes(student, reference, rng, sizes):
    """All four gradients are right for (N, D, H, K) of this size"""
    X, Y, params = two_layer_problem(rng, *sizes)
    truth = reference.two_layer_backward(X, Y, *params.values())
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


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("loss", ["squared_error", "cross_entropy"])
def test_sigmoid_output(student, reference, rng, loss):
    """The signal of a sigmoid output agrees with autograd, far out too"""
    name = f"{loss}_delta"
    a, y = rng.uniform(-3, 3, size=6), rng.uniform(0.1, 0.9, size=6)
    f, target = torch.sigmoid, torch.tensor(y)
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    truths = {
        "squared_error": slopes(lambda v: ((f(v) - target) ** 2).sum() / 2, a)[0],
        "cross_entropy": slopes(lambda v: bce(v, target, reduction="sum"), a)[0],
    }
    other = truths["cross_entropy" if loss == "squared_error" else "squared_error"]
    mistakes = {"this is the signal of the other loss": other}
    close(getattr(student, name)(a, y), truths[loss], N=6, name="the signal", mistakes=mistakes)
    far, label = np.array([-900.0, 900.0, 40.0]), np.array([1.0, 1.0, 0.0])
    close(getattr(student, name)(far, label), getattr(reference, name)(far, label))


@task("output-layers")
@pytest.mark.parametrize("classes", [3, 5])
def test_softmax_jacobian(student, rng, classes):
    """`softmax_jacobian` agrees with autograd, off the diagonal too"""
    z = rng.uniform(-2, 2, size=classes)
    truth = torch.autograd.functional.jacobian(lambda v: torch.softmax(v, 0), torch.tensor(z))
    mistakes = {"the entries off the diagonal are missing": np.diag(np.diag(truth))}
    close(student.softmax_jacobian(z), truth, name="the Jacobian", mistakes=mistakes)


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("part", ["loss", "gradient"])
def test_softmax_cross_entropy(student, reference, rng, part):
    """`softmax_cross_entropy` is right for one-hot and for soft targets"""
    for Y in (np.eye(4)[rng.integers(4, size=6)], probabilities(rng, (6, 4))):
        Z = rng.uniform(-3, 3, size=(6, 4))
        index = ("loss", "gradient").index(part)
        result = unpack(student.softmax_cross_entropy(Z, Y), 2)[index]
        close(result, reference.softmax_cross_entropy(Z, Y)[index], N=6, name=f"the {part}")
        leaf = torch.tensor(Z, requires_grad=True)
        loss = torch.nn.functional.cross_entropy(leaf, torch.tensor(Y))
        truth = (loss, torch.autograd.grad(loss, leaf)[0])[index]
        close(result, truth, N=6, name=f"the {part}")


@task("output-layers")
@pytest.mark.parametrize("function", ["softmax_jacobian", "softmax_cross_entropy"])
def test_large_logits(student, function):
    """Logits up to ±1000 give finite numbers, and the right ones"""
    if function == "softmax_jacobian":
        z = np.array([999.0, 1000.0, -1000.0, 998.5])
        p = np.exp(z - 1000) / np.exp(z - 1000).sum()
        close(student.softmax_jacobian(z), np.diag(p) - np.outer(p, p), name="the Jacobian")
        return
    Z = np.array([[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -999.0]])
    result = student.softmax_cross_entropy(Z, np.eye(3)[[1, 2]])
    loss, gradient_at_Z = unpack(result, 2)
    e = np.exp(-1)
    close(loss, (2000 + np.log(1 + 2 * e)) / 2, rtol=1e-9, N=2, name="the loss")
    second = np.array([e, e, 1]) / (1 + 2 * e) - [0, 0, 1]
    close(gradient_at_Z, np.stack([[1, -1, 0], second]) / 2, N=2, name="the gradient")


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
@pytest.mark.parametrize("sizes", [(4, 3), (2, 3, 4, 5, 6, 7, 8)], ids=str)
def test_mlp_of_other_depths(student, reference, rng, sizes):
    """A network with these layer sizes has the right gradients"""
    X, Y, weights, biases = mlp_problem(rng, sizes, N=9)
    found = layer_gradients(student.mlp_backward(X, Y, weights, biases, "tanh"), len(weights))
    truth = reference.mlp_backward(X, Y, weights, biases, "tanh")
    for what, got, right in zip(("loss", "weights", "biases"), found, truth, strict=True):
        close(got, right, N=9, name=what)


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
    X, Y, weights, biases = mlp_problem(rng, (3, 5, 4), N=6)
    weights[1] = weights[1] * 600
    loss, dW, db = layer_gradients(student.mlp_backward(X, Y, weights, biases, "tanh"), 2)
    _, true_loss, true_dW, true_db = mlp_truth(X, Y, weights, biases, "tanh")
    close(loss, true_loss, N=6, name="the loss")
    close(db[1], true_db[1], N=6, name="the gradient of biases[1]")
    close(dW[0], true_dW[0], N=6, name="the gradient of weights[0]")


@task("mlp", weight=0.5)
def test_mlp_leaves_its_arguments_alone(student, rng):
    """`mlp_backward` changes none of its arguments"""
    X, Y, weights, biases = mlp_problem(rng, (4, 6, 3), N=5)
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


def skip_by_the_notes(x, y, w0, w1, w2):
    """The formula of notes 001, which keeps h2(1 − h2) although h2 holds h1 too."""
    h1 = sigmoid(x * w0)
    h2 = sigmoid(w1 * h1) + h1
    back = 2 * (w2 * h2 - y)
    to_a2 = back * w2 * h2 * (1 - h2)
    to_w0 = (to_a2 * w1 + back * w2) * h1 * (1 - h1) * x
    return {"w0": to_w0.mean(), "w1": (to_a2 * h1).mean(), "w2": (back * h2).mean()}


@task("skip-connection")
@pytest.mark.parametrize("name", ["w0", "w1", "w2"])
def test_skip_gradient(student, reference, rng, name):
    """The gradient of this weight agrees with autograd, for one sample and for six"""
    notes = "this is the formula of the notes: h2 is not the value of the logistic function"
    for N in (6, 1):
        x, y = rng.uniform(0.5, 2, size=N), rng.uniform(3, 5, size=N)
        w = (rng.uniform(0.6, 1.6, size=3) * rng.choice([-1, 1], size=3)).tolist()

        def loss(w0, w1, w2, x=x, y=y):
            h1 = torch.sigmoid(w0 * torch.tensor(x))
            return ((w2 * (torch.sigmoid(w1 * h1) + h1) - torch.tensor(y)) ** 2).mean()

        truth = slopes(loss, *w)[("w0", "w1", "w2").index(name)]
        first = reference.skip_gradients(x[:1], y[:1], *w)[name]
        mistakes = {
            notes: skip_by_the_notes(x, y, *w)[name],
            "is only the first sample used?": first,
        }
        found = entry(student.skip_gradients(x, y, *w), name, "the result")
        close(found, truth, N=N, name=f"the gradient of {name}", mistakes=mistakes)


# Task 7, gradient-check


def little_network(rng, scale=1.0, inner=1.0):
    """A loss of four parameters (one a square matrix), its gradient and a point.

    `scale` multiplies the loss; `inner` makes the first layer matter less than the second.
    """
    X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    shapes = {"W": (3, 3), "b": (3,), "V": (3, 2), "c": (2,)}
    point = {name: rng.uniform(0.4, 1.2, size=shape) for name, shape in shapes.items()}

    def loss(W, b, V, c, lib=torch, wrap=torch.tensor):
        out = lib.tanh(inner * (wrap(X) @ W + b)) @ V + c
        return scale * ((out - wrap(Y)) ** 2).sum() / 5

    def f(p):
        return float(loss(*(np.asarray(p[name]) for name in shapes), lib=np, wrap=np.asarray))

    return f, dict(zip(shapes, slopes(loss, *point.values()), strict=True)), point


def off_by(array, factor):
    """The array with its largest entry multiplied by `factor`."""
    wrong = np.array(array)
    wrong[np.unravel_index(np.argmax(np.abs(wrong)), wrong.shape)] *= factor
    return wrong


FAULTS = {
    "one entry off by 1 %": lambda g: g | {"V": off_by(g["V"], 1.01)},
    "one bias entry off by 1 %": lambda g: g | {"c": off_by(g["c"], 0.99)},
    "a transposed matrix": lambda g: g | {"W": g["W"].T.copy()},
    "a bias gradient of zeros": lambda g: g | {"b": np.zeros(3)},
    "a bias left out": lambda g: {name: g[name] for name in ("W", "b", "V")},
    "the opposite sign": lambda g: {name: -g[name] for name in g},
    "twice the gradient": lambda g: {name: 2 * g[name] for name in g},
    "nan in one entry": lambda g: g | {"b": off_by(g["b"], np.nan)},
    "another shape": lambda g: g | {"V": g["V"].T.copy()},
}


def judge(student, problem, fault):
    """Insist on True for the gradient and on False for the same gradient with a fault."""
    f, g, point = problem
    if not verdict(student, f, g, point):
        raise CheckFailed("a right gradient was refused")
    if verdict(student, f, FAULTS[fault](g), point):
        raise CheckFailed("a right gradient was accepted, but a wrong one too")


@task("gradient-check")
@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault(student, rng, fault):
    """A right gradient is accepted and this fault is found"""
    judge(student, little_network(rng), fault)


@task("gradient-check")
@pytest.mark.parametrize("scale", [1e-6, 1e6], ids=["very small", "very large"])
def test_gradients_of_any_size(student, rng, scale):
    """Gradients of another size are judged as strictly as others"""
    judge(student, little_network(rng, scale=scale), "one entry off by 1 %")


@task("gradient-check")
def test_each_array_by_its_own_size(student, rng):
    """A fault in an array with small gradients is found beside one with large gradients"""
    f, g, point = little_network(rng, inner=1e-3)
    judge(student, (f, g, point), "one entry off by 1 %")
    if verdict(student, f, g | {"W": off_by(g["W"], 1.01)}, point):
        raise CheckFailed("a fault in the array with the small gradient was not found")


@task("gradient-check")
def test_params_are_left_alone(student, rng):
    """After `gradient_check` the parameters are exactly what they were"""
    f, g, point = little_network(rng)
    accepted = verdict(student, f, g, point)
    unchanged(student)
    if not accepted or verdict(student, f, FAULTS["the opposite sign"](g), point):
        raise CheckFailed("the parameters are unchanged, but the verdict is wrong")


@task("gradient-check")
def test_zero_gradient(student, rng):
    """A parameter without influence, and a gradient of zeros for it, is right"""
    f, g, point = little_network(rng)
    point["idle"], g["idle"] = rng.uniform(0.5, 1, size=4), np.zeros(4)
    judge(student, (f, g, point), "one entry off by 1 %")


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
    found = student.first_layer_gradient_norm(X, Y, weights, activation, skip)
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
def test_norm_of_a_deep_network(student, reference, rng):
    """The norm is right to a relative 1e-6 even where almost nothing is left of it"""
    X, Y, weights = deep_network(rng, depth=25)
    found = student.first_layer_gradient_norm(X, Y, weights, "logistic", False)
    truth = reference.first_layer_gradient_norm(X, Y, weights, "logistic", False)
    close(found, truth, rtol=1e-6, atol=0, N=8, name="the norm")
    compare_norm(student, X, Y, weights, "logistic", False)
