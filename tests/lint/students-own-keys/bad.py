"""An empty dictionary goes round no time."""

from autograder.checks import close, equal, task


@task("grads")
def test_first(student, reference):
    equal(student.first(1.0), reference.first(1.0))


@task("grads")
def test_grads(student):
    truth = {"W": 4.0, "b": 8.0}
    found = student.grads(2.0)
    for name in found:  # HOLE
        close(found[name], truth[name])
