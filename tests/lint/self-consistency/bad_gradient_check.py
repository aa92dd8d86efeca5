from autograder.checks import close, gradient, task


@task("conv")
def test_conv_gradient(student, rng):
    x = rng.normal(size=(3, 4))
    gradient.check(lambda p: student.conv(p).sum(), student.conv_backward(x), x)  # HOLE


@task("conv")
def test_padding(student, reference):
    close(student.padding(1), 1)
    close(student.padding(3), reference.padding(3))
