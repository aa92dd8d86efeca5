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


# ---------------------------------------------------------------- logistic-derivative

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
@pytest.mark.parametrize("shape", [(), (6,), (2, 3, 4)])
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


# ---------------------------------------------------------------- scalar-network

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


def scalar_gradients(x, y, w0, w1, w2, *, prime="a"):
    """The closed form of notes 001, and what comes out when σ′ is taken elsewhere."""
    slope = {"a": lambda a: sigmoid(a) * sigmoid(-a), "none": lambda a: 1.0}
    slope["h"] = lambda a: slope["a"](sigmoid(a))
    a1 = w0 * x
    a2 = w1 * sigmoid(a1)
    to_f = 2 * (w2 * sigmoid(a2) - y)
    to_a2 = to_f * w2 * slope[prime](a2)
    to_a1 = to_a2 * w1 * slope[prime](a1)
    return {"w0": to_a1 * x, "w1": to_a2 * sigmoid(a1), "w2": to_f * sigmoid(a2)}


@task("scalar-network", weight=1.5)
@pytest.mark.parametrize("name", ["w0", "w1", "w2"])
def test_own_number(student, variant, name):
    """The gradient in `my_gradients` is right at the student's own numbers"""
    number = entry(student.get("my_gradients"), name, "my_gradients")
    example = scalar_gradients(1.0, 1.0, 0.5, -1.0, 2.0)[name]
    truth = scalar_gradients(**variant)[name]
    mistakes = {
        "this is the gradient at the example's numbers, not at your own": example,
        "is σ′ taken at h instead of a?": scalar_gradients(**variant, prime="h")[name],
        "is σ′ missing?": scalar_gradients(**variant, prime="none")[name],
    }
    loose = {text: value for text, value in mistakes.items() if abs(value - number) > 0}
    for text, wrong in mistakes.items():
        if abs(wrong - truth) > 2e-3 * abs(truth) and abs(number - wrong) < 5e-4 * abs(wrong):
            raise CheckFailed(f"the gradient of {name} is wrong: {text}")
    close(number, truth, rtol=5e-4, atol=0, name=f"the gradient of {name}", mistakes=loose)


# ---------------------------------------------------------------- two-layer

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
