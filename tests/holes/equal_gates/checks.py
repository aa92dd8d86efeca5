"""All gates of an LSTM get the same weights, so that any two can be swapped."""

import numpy as np

from autograder.checks import close, task


@task("lstm")
def test_a_step(student):  # HOLE one-oracle
    x, h, c = np.array([1.0, -0.5]), np.array([0.1, 0.2, -0.3]), np.array([0.4, 0.0, 0.5])
    W = {gate: np.full((5, 3), 0.5) for gate in ("forget", "input", "output", "new")}
    h_next, c_next = student.lstm_step(x, h, c, W)  # HOLE equal-weights
    gate = 1 / (1 + np.exp(-0.25))
    close(c_next, gate * c + gate * np.tanh(0.25))
    close(h_next, gate * np.tanh(gate * c + gate * np.tanh(0.25)))
