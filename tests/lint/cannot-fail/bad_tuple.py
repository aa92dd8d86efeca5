from autograder.checks import close, task


@task("sum")
def test_two(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))
    assert (student.add(1.0, 2.0) == 3.0, "1 + 2 is 3")  # HOLE
