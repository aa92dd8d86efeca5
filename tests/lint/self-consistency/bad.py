from autograder.checks import gradient, repeatable, task


@task("init")
def test_init(student, rng):
    x = rng.normal(size=(3, 4))
    repeatable(student.init, x)  # HOLE


@task("conv")
def test_only_its_own_differences(student, rng):
    x = rng.normal(size=(3, 4))
    gradient.check(lambda p: student.loss(p), student.gradient(x), x)  # HOLE
