from autograder.checks import close, task


# lint: ok there is no other oracle for this
@task("inverse")
def test_on_the_def(student, reference, rng):
    A = rng.normal(size=(3, 3))
    close(student.inverse(A), reference.inverse(A))  # lint: ok only square matrices have one


@task("rough")
def test_above_the_line(student, reference, rng):
    A = rng.normal(size=(3, 2))
    # lint: ok the answer is a share of 400 draws
    close(student.share(A), 0.5, atol=0.1)
    close(student.share(-A), reference.share(-A))
