import numpy as np

from autograder.checks import close, task


@task("accuracy")
def test_accuracy(student, reference, rng):
    logits = np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]])
    close(student.accuracy(logits, np.array([1, 0, 0])), 2 / 3)
    logits, labels = rng.normal(size=(20, 5)), rng.integers(5, size=20)
    close(student.accuracy(logits, labels), reference.accuracy(logits, labels))
