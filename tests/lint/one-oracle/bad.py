import numpy as np

from autograder.checks import close, task, unchanged


@task("slope")
def test_slope(student, rng):  # HOLE
    x = rng.normal(size=7)
    close(student.slope(x), np.cos(x))
    unchanged(student)
