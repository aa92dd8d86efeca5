"""The exponent is always 0: any gradient is right."""

from autograder.checks import close, task


@task("power")
def test_power(student, reference, rng):
    x, n = rng.normal(size=(3, 4)), rng.integers(1)  # HOLE
    close(student.power(x, n), x**n)
    close(student.power(x, n), reference.power(x, n))
