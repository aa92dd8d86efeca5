"""The checks test a helper of their own; nothing of the student's is called."""

import numpy as np

from autograder.checks import close, task


def accuracy(logits, labels):
    return float(np.mean(logits.argmax(axis=1) == labels))


@task("accuracy")
def test_accuracy(student):  # HOLE cannot-fail
    logits = np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]])
    close(accuracy(logits, np.array([1, 0, 0])), 2 / 3)
