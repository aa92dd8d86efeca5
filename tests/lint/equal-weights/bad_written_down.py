from autograder.checks import close, task


@task("linear")
def test_linear(student, reference, rng):
    x, W = rng.normal(size=(5, 3)), [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]
    close(student.linear(x, W), reference.linear(x, W))  # HOLE
    close(student.linear(0 * x, W), 0.0)
