"""Narrow ones, and a wide one that says why."""

from autograder.checks import close, task


@task("loss")
def test_loss(student, reference, rng):
    x = rng.normal(size=(3, 4))
    close(student.loss(x), reference.loss(x), rtol=1e-6)
    close(student.loss(2 * x), (4 * x**2).mean(), atol=1e-3)


@task("loss")
def test_the_mean_of_many_draws(student):
    # lint: ok 400 draws have a standard error of 0.05
    close(student.noise_level(400), 1.0, atol=0.2)
