import numpy as np

from autograder.checks import close, task


@task("norm")
def test_layer_norm(student, reference, rng):
    x, gain = rng.normal(size=(5, 8)), rng.normal(size=8)
    close(student.layer_norm(x, gain), reference.layer_norm(x, gain))
    z = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 0.1)
    close(student.layer_norm(x, gain, eps=0.1), gain * z)


@task("vector")
def test_without_an_eps(student, reference, rng):
    x = rng.normal(size=5)
    close(student.normalise(x), reference.normalise(x))
    close(student.normalise(3 * x), student.normalise(x))


# The default shows where the numbers are as small as it is.
@task("tiny")
def test_layer_norm_of_tiny_numbers(student, reference, rng):
    x, gain = 1e-3 * rng.normal(size=(5, 8)), rng.normal(size=8)
    close(student.layer_norm(x, gain), reference.layer_norm(x, gain))
    z = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)
    close(student.layer_norm(x, gain), gain * z)
