import numpy as np

from autograder.checks import close, task


@task("sum")
def test_two(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))
    close(student.add(1.0, 2.0), 3.0)


@task("sum")
def test_it_runs(student, rng):  # HOLE
    student.add(rng.normal(size=3), 1.0)


@task("sum-2")
def test_two_2(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))
    np.allclose(student.add(1.0, 2.0), 3.0)  # HOLE


@task("sum-3")
def test_two_3(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))
    assert (student.add(1.0, 2.0) == 3.0, "1 + 2 is 3")  # HOLE
