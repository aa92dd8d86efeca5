from autograder.checks import close, task


@task("loss")
def test_loss(student, reference, rng):
    x = rng.normal(size=(3, 4))
    close(student.loss(x), reference.loss(x), rtol=1e-6)
    close(student.loss(2 * x), (4 * x**2).mean(), atol=0.1)  # HOLE
