"""One step from moments that are drawn, not zero."""

import numpy as np

from autograder.checks import close, task, unchanged


@task("adam")
def test_fifth_step(student, reference, rng):
    w, g, m = rng.normal(size=3), rng.normal(size=3), rng.normal(size=3)
    v = rng.uniform(0.5, 1, size=3)
    found = student.adam_step(w, g, m, v, 5, lr=0.1, eps=0.1)
    unchanged(student)
    close(found, reference.adam_step(w, g, m, v, 5, lr=0.1, eps=0.1))
    close(found[1], 0.9 * m + 0.1 * g)
