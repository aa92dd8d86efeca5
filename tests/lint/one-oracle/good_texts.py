"""Texts and derivations are no numbers, and parameters of the student's own are no answers."""

import numpy as np

from autograder.checks import close, equal, task


@task("text")
def test_the_letter(student):
    assert student.get("answer").strip().lower() in ("b", "(b)")


@task("layer")
def test_forward(student, reference, rng):
    x = rng.normal(size=(5, 4))
    net = student.MLP(4, 8, 3)
    W, b = net.get("W"), net.get("b")
    close(net.forward(x), np.tanh(x @ W + b))
    equal(net.size(), reference.MLP(4, 8, 3).size())
