"""The bias is always zero, and may be forgotten."""

import numpy as np

from autograder.checks import close, task


@task("linear")
def test_linear(student, reference, rng):
    X, W = rng.normal(size=(5, 3)), rng.normal(size=(3, 4))
    close(student.linear(X, W, np.zeros(4)), X @ W)  # HOLE
    close(student.linear(X, W, np.zeros(4)), reference.linear(X, W, np.zeros(4)))


@task("lstm")
def test_lstm(student, reference, rng):
    x = rng.normal(size=(5, 2))
    gates = [np.full((2, 3), 0.5), np.full((2, 3), 0.5)]
    close(student.lstm(x, gates), reference.lstm(x, gates))  # HOLE
    close(student.lstm(x, gates)[0], x[0] @ gates[0])


@task("written-down")
def test_a_matrix_that_is_written_down(student, reference, rng):
    x, W = rng.normal(size=(5, 3)), [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]
    close(student.linear(x, W), reference.linear(x, W))  # HOLE
    close(student.linear(0 * x, W), 0.0)
