"""A stride of (2, 2) is no array of weights."""

from autograder.checks import close, task


@task("conv")
def test_conv(student, reference, rng):
    x, w = rng.normal(size=(9, 8)), rng.normal(size=(3, 2))
    close(student.conv(x, w, stride=(2, 2)), reference.conv(x, w, stride=(2, 2)))
    close(student.conv(0 * x, w, stride=(2, 2)), 0.0)
