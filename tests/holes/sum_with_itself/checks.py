"""A sum is compared with itself."""

import numpy as np

from autograder.checks import task


@task("sum")
def test_total(student, rng):
    x = rng.normal(size=(3, 4))
    b = student.total(x)
    np.testing.assert_allclose(b, b)  # HOLE cannot-fail
