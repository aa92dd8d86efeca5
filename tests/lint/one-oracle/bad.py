"""Whatever is wrong in the reference is right."""

from autograder.checks import close, task


@task("conv")
def test_conv(student, reference, rng):  # HOLE
    x, w = rng.normal(size=7), rng.normal(size=3)
    close(student.conv(x, w), reference.conv(x, w))


@task("conv")
def test_conv_of_another_size(student, reference, rng):
    x, w = rng.normal(size=9), rng.normal(size=2)
    close(student.conv(x, w), reference.conv(x, w))
