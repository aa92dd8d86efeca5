from autograder.checks import close, task


def double(x):
    return 2 * x


@task("double")
def test_double(student, reference):
    close(student.double(3.0), 6.0)
    close(student.double(4.0), reference.double(4.0))


@task("double")
def test_our_own_double(student):  # HOLE
    close(double(3.0), 6.0)
