import numpy as np

from autograder.checks import close, task


@task("exp")
def test_slope(student, reference):
    close(student.exp_back(1.0, 2.0), reference.exp_back(1.0, 2.0))


@task("exp")
def test_slope_at_both(student):
    values = [2.718281828, 1.0]
    np.testing.assert_allclose(student.exp_back(1.0, 1.0), *values)  # HOLE
