from autograder.checks import close, task


@task("linear")
def test_output(student, reference, rng):
    X, W = rng.normal(size=(5, 3)), rng.normal(size=(3, 2))
    close(student.linear(X, W), X @ W)
    close(student.linear(X, W), reference.linear(X, W))
