"""A gradient is compared with differences of the student's own loss, so that 0 equals 0."""

import numpy as np

from autograder.checks import task


@task("network")
def test_derivatives_match(student, rng):  # HOLE one-oracle
    w, x, delta = rng.normal(size=5), rng.normal(size=5), 1e-6
    found = student.gradient(w, x)
    for i in range(5):
        moved = w + delta * np.eye(5)[i]
        slope = (student.loss(moved, x) - student.loss(w, x)) / delta
        assert np.allclose(slope, found[i], rtol=1e-3, atol=1e-5)  # HOLE self-consistency
