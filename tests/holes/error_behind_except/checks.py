"""A bare `except` around the comparison prints "Error: wrong output" and goes on."""

from autograder.checks import close, task


@task("linear")
def test_output(student, reference, rng):
    X, W = rng.normal(size=(5, 3)), rng.normal(size=(3, 2))
    try:
        close(student.linear(X, W), X @ W)
        close(student.linear(X, W), reference.linear(X, W))
    except:  # HOLE bare-except
        print("Error: wrong output")
