"""Of whole layers only the shapes of outputs and the numbers of parameters are checked."""

import numpy as np

from autograder.checks import shaped, task


@task("layers")
def test_a_multi_head_attention(student, rng):  # HOLE shapes-only
    X, W = rng.normal(size=(7, 6)), rng.normal(size=(3, 6, 6))
    assert student.multi_head(X, W, heads=2).shape == (7, 6)


@task("layers")
def test_a_convolution(student, rng):  # HOLE shapes-only
    x, w = rng.normal(size=(3, 9, 8)), rng.normal(size=(4, 3, 3, 2))
    shaped(student.convolution(x, w), (4, 7, 7))
    assert len(student.parameters(3, 4, 3, 2)) == 76
