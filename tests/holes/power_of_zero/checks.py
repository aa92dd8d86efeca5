"""The exponent is drawn from a range that holds 0 alone."""

from autograder.checks import close, task


@task("power")
def test_power_backward(student, reference, rng):
    upstream, x = rng.normal(size=(3, 4)), rng.uniform(1, 2, size=(3, 4))
    n = rng.integers(1)  # HOLE constant-draw
    found = student.power_backward(upstream, x, n)
    close(found, n * x ** (n - 1.0) * upstream)
    close(found, reference.power_backward(upstream, x, n))
