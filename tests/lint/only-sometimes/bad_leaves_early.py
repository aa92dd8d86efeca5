from autograder.checks import close, task


@task("sum")
def test_two(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))


@task("sum")
def test_total(student):
    answers = student.get("answers")
    if "total" not in answers:  # HOLE
        return
    close(answers["total"], 3.0)
