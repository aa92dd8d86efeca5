import numpy as np

from autograder.checks import close, task


@task("sum")
def test_it_runs(student, rng):  # HOLE
    student.add(rng.normal(size=3), 1.0)


@task("thrown-away")
def test_thrown_away(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))
    np.allclose(student.add(1.0, 2.0), 3.0)  # HOLE


@task("tuple")
def test_a_tuple(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))
    assert (student.add(1.0, 2.0) == 3.0, "1 + 2 is 3")  # HOLE
