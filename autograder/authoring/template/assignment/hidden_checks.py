"""What marking checks on top: never released.

Oracles: torch's own layer normalisation, and properties that follow from the formula.
"""

import pytest
import torch

from autograder.checks import Function, arg, close, in_torch, task


def rows(rng, N, D, shrunk=1):
    """Draw rows with different means and scales."""
    scale = rng.uniform(0.5, 3, size=(N, 1))
    return (rng.normal(size=(N, D)) * scale + rng.normal(size=(N, 1))) / shrunk


@Function.of(
    {"X": rows, "gamma": arg.uniform("D", 0.5, 2), "beta": "D", "eps": arg.optional(0.3)},
    returns="the result",
)
@in_torch
def layer_norm(X, gamma, beta, eps=1e-5):
    return torch.nn.functional.layer_norm(X, gamma.shape, gamma, beta, eps)


@task("layer-norm", weight=2)
@pytest.mark.parametrize(("N", "D"), [(5, 7), (9, 3), (2, 6)])
def test_random_rows(student, reference, rng, N, D):
    """Random rows are normalised as the formula says"""
    layer_norm.check(student, rng, reference, N=N, D=D, eps=0.3)


@task("layer-norm")
def test_all_sizes(student, reference, rng):
    """The result is right in all sizes, for unusual numbers, and call after call"""
    layer_norm.battery(student, rng, reference)


@task("layer-norm")
def test_eps_has_the_value_of_the_contract(student, rng):
    """Where nothing is said of eps it is 1e-5, which shows in rows of small numbers."""
    layer_norm.check(student, rng, X=arg.own(lambda rng, N, D: rows(rng, N, D, shrunk=500)))


@task("layer-norm")
def test_scale_and_shift_of_a_row_do_not_matter(student, reference, rng):
    """With eps = 0 a row gives the same after it is stretched and shifted as a whole."""
    call = layer_norm.draw(rng, N=6, D=5, eps=0.0)
    stretched = call["X"] * rng.uniform(1, 9, size=(6, 1)) + rng.normal(size=(6, 1))
    expected = call.pass_to(reference.layer_norm)
    found = student.layer_norm(stretched, call["gamma"], call["beta"], eps=0.0)
    close(found, expected, name="the result")
