import numpy as np

from autograder.checks import close, task


@task("linear")
def test_linear(student, reference, rng):
    X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 4)), rng.normal(size=4)
    close(student.linear(X, W, b), reference.linear(X, W, b))


@task("linear")
def test_linear_without_bias(student, rng):
    X, W = rng.normal(size=(5, 3)), rng.normal(size=(3, 4))
    close(student.linear(X, W, np.zeros(4)), X @ W)


@task("single")
def test_one_number(student, reference, rng):
    x = rng.normal(size=4)
    close(student.scale(x, np.ones(1)), x)
    close(student.scale(x, np.ones(1)), reference.scale(x, np.ones(1)))


@task("targets")
def test_one_hot_targets(student, reference, rng):
    Z, Y = rng.normal(size=(3, 4)), np.eye(4)[[2, 0, 3]]
    close(student.loss(Z, Y), reference.loss(Z, Y))
    close(student.loss(Z + 1.0, Y), student.loss(Z, Y))


# A stride of (2, 2) is no array of weights.
@task("conv")
def test_conv(student, reference, rng):
    x, w = rng.normal(size=(9, 8)), rng.normal(size=(3, 2))
    close(student.conv(x, w, stride=(2, 2)), reference.conv(x, w, stride=(2, 2)))
    close(student.conv(0 * x, w, stride=(2, 2)), 0.0)
