import numpy as np
import pytest

from autograder.checks import close, task


@task("linear")
@pytest.mark.parametrize("shape", [(3, 3), (4, 2)])
def test_linear(student, reference, rng, shape):
    X, W = rng.normal(size=shape), rng.normal(size=shape[::-1])
    close(student.linear(X, W), X @ W)
    close(student.linear(X, W), reference.linear(X, W))


@task("kernel")
def test_kernel(student, reference, rng):
    x, w = rng.normal(size=(6, 6)), rng.normal(size=(2, 3))
    close(student.kernel(x, w), reference.kernel(x, w))
    close(student.kernel(x, 0 * w), 0 * x[1:, 2:])


@task("inverse")
def test_what_takes_nothing_but_square_matrices(student, reference, rng):
    A = rng.normal(size=(3, 3))
    # lint: ok only a square matrix has an inverse
    close(student.inverse(A) @ A, np.eye(3))
    close(student.inverse(A), reference.inverse(A))


@task("unknown")
def test_one_of_two_is_not_square(student, reference, rng):
    x = rng.normal(size=(4, 5))
    close(student.scaled(x, rng.normal(size=(2, 2))), reference.scaled(x, 3))
    close(student.scaled(0 * x, rng.normal(size=(2, 2))), 0 * x)
