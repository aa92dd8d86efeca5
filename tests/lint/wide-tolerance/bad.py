from autograder.checks import close, task


@task("loss")
def test_loss(student, reference, rng):
    x = rng.normal(size=(3, 4))
    close(student.loss(x), reference.loss(x), rtol=1e-6)
    close(student.loss(2 * x), (4 * x**2).mean(), atol=0.1)  # HOLE


# One excuse, two holes in its line: one is left.
@task("linear")
def test_linear(student, reference, rng):
    A = rng.normal(size=(3, 2))
    close(student.sums(A), A.sum(axis=0), atol=0.5, rtol=0.5)  # lint: ok it is rough  HOLE
    close(student.sums(A), reference.sums(A))
