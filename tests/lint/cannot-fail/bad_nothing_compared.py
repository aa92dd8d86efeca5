from autograder.checks import close, task


@task("sum")
def test_two(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))
    close(student.add(1.0, 2.0), 3.0)


@task("sum")
def test_it_runs(student, rng):  # HOLE
    student.add(rng.normal(size=3), 1.0)
