import numpy as np

from autograder.checks import close, gradient, task


@task("network")
def test_the_loss_first_and_then_its_gradient(student, reference, rng):
    w, x = rng.normal(size=5), rng.normal(size=5)
    close(student.loss(w, x), np.sum(np.tanh(w * x) ** 2) / 2)
    gradient.check(lambda p: np.sum(np.tanh(p * x) ** 2) / 2, student.gradient(w, x), w)
    close(student.gradient(w, x), reference.gradient(w, x))
