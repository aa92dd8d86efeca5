"""Row and column hold the same numbers."""

import numpy as np

from autograder.checks import close, task


@task("outer")
def test_outer(student, reference):
    a, b = np.arange(4), np.arange(4)
    close(student.outer(a, b), a[:, None] + b)  # HOLE
    close(student.outer(a, b), reference.outer(a, b))
