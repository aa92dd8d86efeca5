import numpy as np

from autograder.checks import close, gradient, task


@task("conv")
def test_the_output_and_then_its_gradient(student, reference, rng):
    x, w = rng.normal(size=7), rng.normal(size=3)
    close(student.conv(x, w), np.correlate(x, w, "valid"))
    close(student.conv(x, w), reference.conv(x, w))
    gradient.check(
        lambda p: student.conv(p, w),
        lambda upstream: student.conv_backward(upstream, x, w),
        x,
        rng=rng,
    )
