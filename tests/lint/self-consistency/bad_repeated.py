from autograder.checks import close, repeatable, task


@task("init")
def test_init(student, rng):
    x = rng.normal(size=(3, 4))
    repeatable(student.init, x)  # HOLE


@task("init")
def test_scale(student, reference):
    close(student.scale(4), 0.5)
    close(student.scale(9), reference.scale(9))
