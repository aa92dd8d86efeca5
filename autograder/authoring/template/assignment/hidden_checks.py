"""What marking checks on top: never released.

Oracles: torch's own layer normalisation, and properties that follow from the formula.
"""

import numpy as np
import pytest
import torch

from autograder.checks import close, task, unchanged


def problem(rng, N, D):
    """Return X of rows with different means and scales, gamma and beta."""
    scale = rng.uniform(0.5, 3, size=(N, 1))
    X = rng.normal(size=(N, D)) * scale + rng.normal(size=(N, 1))
    return X, rng.uniform(0.5, 2, size=D), rng.normal(size=D)


def by_torch(X, gamma, beta, eps):
    tensors = [torch.tensor(value) for value in (X, gamma, beta)]
    return torch.nn.functional.layer_norm(tensors[0], gamma.shape, *tensors[1:], eps).numpy()


def mistakes(X, gamma, beta, eps):
    """What the usual slips give, so that the message can name them."""
    centred = X - X.mean(axis=1, keepdims=True)
    variance = X.var(axis=1, keepdims=True)
    unbiased = X.var(axis=1, keepdims=True, ddof=1)
    columns = X - X.mean(axis=0)
    return {
        "is eps added outside the square root?": gamma * centred / (variance**0.5 + eps) + beta,
        "is the variance divided by D - 1?": gamma * centred / np.sqrt(unbiased + eps) + beta,
        "is the mean taken over columns?": gamma * columns / np.sqrt(X.var(axis=0) + eps) + beta,
        "is gamma missing?": centred / np.sqrt(variance + eps) + beta,
    }


@task("layer-norm", weight=2)
@pytest.mark.parametrize("shape", [(5, 7), (9, 3), (2, 6)], ids=["5 by 7", "9 by 3", "2 by 6"])
def test_random_rows(student, rng, shape):
    """Random rows are normalised as the formula says"""
    X, gamma, beta = problem(rng, *shape)
    close(
        student.layer_norm(X, gamma, beta, eps=0.3),
        by_torch(X, gamma, beta, 0.3),
        name="the result",
        mistakes=mistakes(X, gamma, beta, 0.3),
    )
    unchanged(student)


@task("layer-norm")
def test_eps_has_the_value_of_the_contract(student, rng):
    """Where nothing is said of eps it is 1e-5, which shows in rows of small numbers."""
    X, gamma, beta = problem(rng, 4, 6)
    small = X / 500
    close(student.layer_norm(small, gamma, beta), by_torch(small, gamma, beta, 1e-5))


@task("layer-norm")
def test_scale_and_shift_of_a_row_do_not_matter(student, reference, rng):
    """With eps = 0 a row gives the same after it is stretched and shifted as a whole."""
    X, gamma, beta = problem(rng, 6, 5)
    stretched = X * rng.uniform(1, 9, size=(6, 1)) + rng.normal(size=(6, 1))
    expected = reference.layer_norm(X, gamma, beta, eps=0.0)
    close(student.layer_norm(stretched, gamma, beta, eps=0.0), expected, name="the result")
