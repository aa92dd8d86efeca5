"""Whoever answers None is not checked."""

from autograder.checks import close, task


@task("sum")
def test_two(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))


@task("sum")
def test_total(student):
    found = student.add(1.0, 2.0)
    if found is not None:  # HOLE
        close(found, 3.0)
