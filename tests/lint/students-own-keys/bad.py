"""An empty dictionary goes round no time."""

from autograder.checks import close, equal, task

TRUTH = [1.0, 4.0, 9.0]


@task("squares")
def test_squares(student):
    found = student.squares([1.0, 2.0, 3.0])
    assert all(abs(found[i] - TRUTH[i]) < 1e-9 for i in range(len(found)))  # HOLE


@task("signs")
def test_signs(student, reference, rng):
    found = student.signs(rng.normal(size=5))
    assert all([sign in (-1, 1) for sign in found])  # HOLE
    equal(student.sign(2.0), reference.sign(2.0))
    close(student.sign(-2.0), -1)
