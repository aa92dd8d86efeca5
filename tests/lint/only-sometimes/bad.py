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


@task("sum-2")
def test_two_2(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))


@task("sum-2")
def test_total_2(student):
    answers = student.get("answers")
    if "total" not in answers:  # HOLE
        return
    close(answers["total"], 3.0)
