"""An excuse wants a reason."""

import numpy as np

from autograder.checks import close, task


@task("linear")
def test_linear(student, reference, rng):
    A = rng.normal(size=(3, 3))
    # lint: ok
    close(student.inverse(A), reference.inverse(A))  # HOLE ABOVE
    close(student.inverse(A) @ A, np.eye(3))
