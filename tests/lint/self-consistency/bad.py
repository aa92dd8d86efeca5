from autograder.checks import close, gradient, repeatable, task


@task("init")
def test_init(student, rng):
    x = rng.normal(size=(3, 4))
    repeatable(student.init, x)  # HOLE


@task("init")
def test_scale(student, reference):
    close(student.scale(4), 0.5)
    close(student.scale(9), reference.scale(9))


@task("conv")
def test_only_its_own_differences(student, rng):
    x = rng.normal(size=(3, 4))
    gradient.check(lambda p: student.loss(p), student.gradient(x), x)  # HOLE
