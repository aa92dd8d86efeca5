from autograder.checks import close, task


@task("sum")
def test_total(student, reference, rng):
    x = rng.normal(size=(3, 4))
    close(student.total(x), x.sum())
    close(student.total(x), reference.total(x))
