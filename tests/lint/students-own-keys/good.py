"""The expected keys, or the student's once they are known to be the expected ones."""

from autograder.checks import close, equal, task

TRUTH = {"W": 4.0, "b": 8.0}


@task("grads")
def test_expected_keys(student):
    found = student.grads(2.0)
    for name, want in TRUTH.items():
        close(found[name], want)


@task("grads")
def test_keys_first(student, reference):
    found = student.grads(2.0)
    equal(set(found), set(TRUTH))
    truth = reference.grads(2.0)
    for name in found:
        close(found[name], truth[name])


@task("grads")
def test_a_sum_over_all(student):
    total = 0.0
    for value in student.grads(2.0).values():
        total += value
    close(total, 12.0)


@task("squares")
def test_rows_of_a_known_shape(student, reference, rng):
    x = rng.normal(size=(3, 2))
    found = student.squares(x)
    assert found.shape == (3, 2)
    for row, given in zip(found, x, strict=True):
        close(row, given**2)
    close(found, reference.squares(x))


@task("squares")
def test_several_answers(student):
    for found in (student.squares(1.0), student.squares(-1.0)):
        close(found, 1.0)
