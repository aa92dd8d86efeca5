from autograder.checks import task


@task("negated")
def test_all_of_none_is_true(student, rng):
    numbers = rng.normal(size=5).tolist()
    found = student.negated(numbers)
    assert all(abs(a + b) < 1e-9 for a, b in zip(found, numbers))  # HOLE
