"""The first step does not depend on the betas."""

import numpy as np

from autograder.checks import close, task, unchanged, unpack


@task("adam")
def test_first_step(student, reference, rng):
    w, g, z = rng.normal(size=3), rng.normal(size=3), np.zeros(3)
    found = unpack(student.adam_step(w, g, z, z, 1, lr=0.1, eps=0.1), 3)  # HOLE
    unchanged(student)
    close(found[0], w - 0.1 * g / (np.abs(g) + 0.1))
    close(found, reference.adam_step(w, g, z, z, 1, lr=0.1, eps=0.1))
