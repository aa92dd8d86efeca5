"""What is drawn has moments and nothing else to compare; a loss that falls is a loss that falls."""

import numpy as np

from autograder.checks import close, shaped, task, unpack


@task("init")
def test_he(student):
    W = student.he_init(400, 300)
    shaped(W, (400, 300))
    assert abs(np.mean(W)) < 0.01
    close(np.std(W), np.sqrt(2 / 400), rtol=0.05)


@task("descent")
def test_descent(student, reference):
    w, losses = unpack(student.minimise(lambda w: (w - 3) ** 2, 0.0), 2)
    close(w, 3.0, atol=1e-3)
    assert all(later <= earlier for earlier, later in zip(losses, losses[1:]))
    close(w, reference.minimise(lambda w: (w - 3) ** 2, 0.0)[0])
