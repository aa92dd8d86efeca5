from autograder.checks import close, equal, task

TRUTH = [1.0, 4.0, 9.0]


@task("squares")
def test_squares(student):
    found = student.squares([1.0, 2.0, 3.0])
    assert all(abs(found[i] - TRUTH[i]) < 1e-9 for i in range(len(found)))  # HOLE


@task("squares")
def test_first(student, reference):
    equal(student.first(1.0), reference.first(1.0))
    close(student.first(2.0), 4.0)
