"""Whoever answers None is not checked."""

from autograder.checks import close, task


@task("sum")
def test_total(student):
    found = student.add(1.0, 2.0)
    if found is not None:  # HOLE
        close(found, 3.0)


@task("leaves-early")
def test_total_leaves_early(student):
    answers = student.get("answers")
    if "total" not in answers:  # HOLE
        return
    close(answers["total"], 3.0)
