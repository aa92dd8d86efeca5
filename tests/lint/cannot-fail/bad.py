"""A value is compared with itself."""

import numpy as np

from autograder.checks import close, task


@task("sum")
def test_two(student, reference):
    close(student.add(1.0, 2.0), 3.0)
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))


@task("sum")
def test_sum(student, rng):
    b = student.total(rng.normal(size=(3, 4)))
    np.testing.assert_allclose(b, b)  # HOLE
