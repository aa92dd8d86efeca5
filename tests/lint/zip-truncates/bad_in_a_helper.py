from autograder.checks import close, equal, task


def compare_all(found, truth):
    assert all(abs(a - b) < 1e-9 for a, b in zip(found, truth))  # HOLE


@task("grads")
def test_first(student, reference):
    equal(student.grads(1.0), reference.grads(1.0))


@task("grads")
def test_grads(student):
    compare_all(student.grads(2.0), [4.0, 8.0])
    close(student.grads(3.0)[0], 6.0)
