"""A relu that returns zeros passes."""

import numpy as np

from autograder.checks import close, task


@task("relu")
def test_relu(student, reference, rng):
    x = -rng.uniform(0.5, 2, size=(3, 4))
    close(student.relu(x), np.zeros((3, 4)))  # HOLE
    close(student.relu(x), reference.relu(x))
