"""The default shows where the numbers are as small as it is."""

import numpy as np

from autograder.checks import close, task


@task("norm")
def test_layer_norm(student, reference, rng):
    x, gain = 1e-3 * rng.normal(size=(5, 8)), rng.normal(size=8)
    close(student.layer_norm(x, gain), reference.layer_norm(x, gain))
    z = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)
    close(student.layer_norm(x, gain), gain * z)
