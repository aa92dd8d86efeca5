import numpy as np

from autograder.checks import close, task


@task("relu")
def test_relu(student, reference, rng):
    x = rng.uniform(-2, 2, size=(3, 4))
    close(student.relu(x), reference.relu(x))
    close(student.relu(np.array([-1.0, 3.0])), np.array([0.0, 3.0]))


@task("leaky")
def test_each_side(student, reference, rng):
    x = rng.uniform(0.5, 2, size=(3, 4))
    close(student.leaky_relu(x, 0.1), x)
    close(student.leaky_relu(-x, 0.1), reference.leaky_relu(-x, 0.1))


@task("sqrt")
def test_without_a_bend(student, reference, rng):
    x = rng.uniform(0.5, 2, size=(3, 4))
    close(student.root(x), np.sqrt(x))
    close(student.root(x), reference.root(x))
