from autograder.checks import close, task


@task("blocks")
def test_row_sums(student, reference, rng):
    x = rng.normal(size=(4, 7))
    close(student.row_sums(x), x.sum(axis=1))
    close(student.row_sums(x[:1]), reference.row_sums(x[:1]))
