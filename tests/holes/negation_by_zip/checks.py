"""A list is compared through `all(... zip(...))`, which is true of an empty one."""

from autograder.checks import task


@task("neg")
def test_negated(student, rng):  # HOLE one-oracle
    numbers = rng.normal(size=5).tolist()
    found = student.negated(numbers)
    assert all(abs(a + b) < 1e-9 for a, b in zip(found, numbers))  # HOLE zip-truncates
