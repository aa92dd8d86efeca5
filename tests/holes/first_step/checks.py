"""An Adam is compared after its first step only, which does not depend on the betas."""

import numpy as np

from autograder.checks import close, task


@task("adam")
def test_first_step(student, rng):  # HOLE one-oracle
    w, g = rng.normal(size=4), rng.normal(size=4)
    zeros = np.zeros(4)
    found = student.adam_step(w, g, zeros, zeros, 1, 0.01)  # HOLE in-place-unnoticed, invisible-eps, single-step
    close(found[0], w - 0.01 * np.sign(g), rtol=1e-6)
