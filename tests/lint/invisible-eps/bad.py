"""Where eps stands does not show at variances of one."""

import numpy as np

from autograder.checks import close, task


@task("norm")
def test_layer_norm(student, reference, rng):
    x, gain = rng.normal(size=(5, 8)), rng.normal(size=8)
    z = (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)
    close(student.layer_norm(x, gain), gain * z, rtol=1e-3)  # HOLE
    close(student.layer_norm(x, gain, eps=1e-8), reference.layer_norm(x, gain, eps=1e-8))
