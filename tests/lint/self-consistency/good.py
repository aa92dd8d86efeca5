"""The forward pass is grounded, and through it its gradient; an invariance is extra."""

import numpy as np

from autograder.checks import close, gradient, repeatable, task


@task("forward")
def test_forward(student, reference, rng):
    x = rng.normal(size=(3, 4))
    close(student.forward(x), np.tanh(x).sum())
    close(student.forward(x), reference.forward(x))


@task("forward")
def test_forward_of_the_negative(student, rng):
    x = rng.normal(size=(3, 4))
    close(student.forward(-x), -student.forward(x))
    repeatable(student.forward, x)


@task("backward")
def test_backward(student, reference, rng):
    x = rng.normal(size=(3, 4))
    gradient.check(lambda p: student.forward(p), student.backward(x), x)
    close(student.backward(x), reference.backward(x))


@task("backward")
def test_layer_by_layer(student, rng):
    x = rng.normal(size=(3, 4))
    found = student.layers(x)
    close(found[0], np.tanh(x))
    close(found[1], np.tanh(np.asarray(found[0])))
