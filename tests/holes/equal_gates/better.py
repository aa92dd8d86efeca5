import numpy as np

from autograder.checks import close, task


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@task("lstm")
def test_a_step(student, reference, rng):
    x, h, c = rng.normal(size=2), rng.normal(size=3), rng.normal(size=3)
    W = {gate: rng.normal(size=(5, 3)) for gate in ("forget", "input", "output", "new")}
    found = student.lstm_step(x, h, c, W)
    both = np.concatenate([x, h])
    moved = sigmoid(both @ W["forget"]) * c
    moved = moved + sigmoid(both @ W["input"]) * np.tanh(both @ W["new"])
    close(found, (sigmoid(both @ W["output"]) * np.tanh(moved), moved))
    close(found, reference.lstm_step(x, h, c, W))
