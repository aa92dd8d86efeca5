"""Nobody looks at the gradients after an optimiser's step."""

import numpy as np

from autograder.checks import close, task


@task("momentum")
def test_three_steps(student, reference, rng):
    w, u = rng.normal(size=(2, 3))
    z = u
    truth = w
    for _ in range(3):
        g = rng.normal(size=3)
        truth, z = reference.momentum_step(truth, g, z, lr=0.1, decay=0.1)
        w, u = student.momentum_step(w, g, u, lr=0.1, decay=0.1)  # HOLE in-place-unnoticed
        close(w, truth)


@task("momentum")
def test_a_step_from_rest(student, rng):
    w, g = rng.normal(size=(2, 3))
    found = student.momentum_step(w, g, np.zeros(3), lr=0.1, decay=0.5)[0]
    close(found, w - 0.1 * (g + 0.5 * w))
