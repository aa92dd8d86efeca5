"""The absolute tolerance is e by position, and values are spread into rtol and atol."""

import numpy as np

from autograder.checks import task


@task("exp")
def test_slope_at_minus_one(student):
    e = np.exp(1.0)
    found = student.exp_back(np.array([1.0]), np.array([1 / e]), np.array([-1.0]))
    np.testing.assert_allclose(found, 1 / e, 0, e)  # HOLE positional-tolerance


@task("exp")
def test_slopes_at_two_places(student):
    found = student.exp_back(np.array([2.0]), np.exp([0.5]), np.array([0.5]))
    np.testing.assert_allclose(found, *[2 * np.exp(0.5), 2 * np.exp(0.5), 1.0])  # HOLE positional-tolerance
