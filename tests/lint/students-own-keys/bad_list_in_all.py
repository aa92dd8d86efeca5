from autograder.checks import close, equal, task


@task("signs")
def test_signs(student, reference, rng):
    found = student.signs(rng.normal(size=5))
    assert all([sign in (-1, 1) for sign in found])  # HOLE
    equal(student.sign(2.0), reference.sign(2.0))
    close(student.sign(-2.0), -1)
