"""Of two returned values one is compared, the other only measured."""

import numpy as np

from autograder.checks import close, shaped, task, unpack


@task("attention")
def test_weights(student, reference, rng):  # HOLE
    Q, K = rng.normal(size=(5, 4)), rng.normal(size=(6, 4))
    out, weights = unpack(student.attention(Q, K), 2)
    shaped(out, (5, 4))
    scores = Q @ K.T / 2
    close(weights, np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True))
    close(weights, reference.weights(Q, K))


@task("layers")
def test_a_shape_and_a_number(student, rng):  # HOLE
    x, W = rng.normal(size=(7, 6)), rng.normal(size=(6, 5))
    assert student.linear(x, W).shape == (7, 5)
    assert len(student.Linear(6, 5).get("b")) == 5
