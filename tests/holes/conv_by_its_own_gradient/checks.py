"""A convolution is never compared with anything, only its gradient with its own differences."""

from autograder.checks import gradient, task


@task("conv")
def test_gradient(student, rng):  # HOLE one-oracle
    x, w = rng.normal(size=7), rng.normal(size=3)
    gradient.check(  # HOLE self-consistency
        lambda p: student.conv(p, w),
        lambda upstream: student.conv_backward(upstream, x, w),
        x,
        rng=rng,
    )
