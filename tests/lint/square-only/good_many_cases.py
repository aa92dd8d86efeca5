"""One shape of many is not square, and the other axis has many values."""

import pytest

from autograder.checks import close, task


@task("linear")
@pytest.mark.parametrize("shape", [(3, 3), (4, 2)])
@pytest.mark.parametrize("factor", range(1, 13))
def test_linear(student, reference, rng, shape, factor):
    X, W = rng.normal(size=shape), factor * rng.normal(size=shape[::-1])
    close(student.linear(X, W), X @ W)
    close(student.linear(X, W), reference.linear(X, W))
