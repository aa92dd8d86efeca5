"""The student's gradient against differences of the student's own loss: zeros pass."""

import numpy as np

from autograder.checks import close, task


@task("gradient")
def test_gradient(student, rng):
    w, h = rng.normal(size=3), 1e-6
    slopes = []
    for i in range(3):
        step = h * np.eye(3)[i]
        slopes.append((student.loss(w + step) - student.loss(w - step)) / (2 * h))
    assert np.allclose(student.gradient(w), slopes, rtol=1e-5)  # HOLE


@task("gradient")
def test_rate(student, reference):
    close(student.rate(1), 0.1)
    close(student.rate(2), reference.rate(2))
