"""The same numbers every year."""

import numpy as np

from autograder.checks import close, task


@task("double")
def test_double(student, reference):
    x = np.random.default_rng(0).normal(size=(3, 4))  # HOLE
    close(student.double(x), 2 * x)
    close(student.double(x), reference.double(x))
