"""The row and the column hold the same numbers, so that the sum table is symmetric."""

import numpy as np

from autograder.checks import close, task


@task("add")
def test_every_pair(student, reference):
    a, b = np.arange(4.0), np.arange(4.0)
    close(student.add_pairs(a, b), a[:, None] + b[None, :])  # HOLE same-arguments
    close(student.add_pairs(a, b), reference.add_pairs(a, b))
