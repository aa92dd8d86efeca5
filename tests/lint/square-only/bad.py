"""A transpose that is forgotten does not show."""

from autograder.checks import close, task


@task("linear")
def test_linear(student, reference, rng):
    X, W = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    close(student.linear(X, W), X @ W)  # HOLE
    close(student.linear(X, W), reference.linear(X, W))
