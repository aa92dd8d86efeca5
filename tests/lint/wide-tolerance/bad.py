from autograder.checks import close, task


# One excuse, two holes in its line: one is left.
@task("linear")
def test_linear(student, reference, rng):
    A = rng.normal(size=(3, 2))
    close(student.sums(A), A.sum(axis=0), atol=0.5, rtol=0.5)  # lint: ok it is rough  HOLE
    close(student.sums(A), reference.sums(A))
