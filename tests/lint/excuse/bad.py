"""An excuse wants a reason."""

import numpy as np

from autograder.checks import close, task


@task("linear")
def test_linear(student, reference, rng):
    A = rng.normal(size=(3, 3))
    # lint: ok
    close(student.inverse(A), reference.inverse(A))  # HOLE ABOVE
    close(student.inverse(A) @ A, np.eye(3))


@task("unused")
def test_sums(student, reference, rng):
    A = rng.normal(size=(3, 2))
    close(student.sums(A), A.sum(axis=0))  # lint: ok it is not square any more  HOLE
    close(student.sums(A), reference.sums(A))
