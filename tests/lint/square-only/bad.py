"""A transpose that is forgotten does not show."""

from autograder.checks import close, task


@task("linear")
def test_linear(student, reference, rng):
    X, W = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    close(student.linear(X, W), X @ W)  # HOLE
    close(student.linear(X, W), reference.linear(X, W))


def images(rng, size):
    return rng.normal(size=(2, 3, size, size))


@task("pool")
def test_pool(student, reference, rng):
    for size in (4, 6):
        x = images(rng, size)
        close(student.pool(x), reference.pool(x))  # HOLE
        close(student.pool(x), x[:, :, ::2, ::2])
