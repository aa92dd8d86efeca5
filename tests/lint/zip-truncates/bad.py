"""An empty list is compared with nothing."""

from autograder.checks import close, equal, task


@task("grads")
def test_first(student, reference):
    equal(student.grads(1.0), reference.grads(1.0))


@task("grads")
def test_grads(student):
    for got, want in zip(student.grads(2.0), [4.0, 8.0]):  # HOLE
        close(got, want)
