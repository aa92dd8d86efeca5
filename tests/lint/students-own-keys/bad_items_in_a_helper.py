from autograder.checks import close, equal, task


def compare(found, truth):
    for name, value in found.items():  # HOLE
        close(value, truth[name])


@task("grads")
def test_grads(student):
    compare(student.grads(2.0), {"W": 4.0, "b": 8.0})


@task("grads")
def test_first(student, reference):
    equal(student.first(1.0), reference.first(1.0))
