"""Weight decay may be added to the gradient itself."""

import numpy as np

from autograder.checks import close, task


@task("momentum")
def test_steps(student, reference, rng):
    w, velocity = rng.normal(size=3), rng.normal(size=3)
    for _ in range(3):
        g = rng.normal(size=3)
        truth = reference.momentum_step(w, g, velocity, lr=0.1)
        w, velocity = student.momentum_step(w, g, velocity, lr=0.1)  # HOLE
        close((w, velocity), truth)
    close(student.momentum_step(w, g, np.zeros(3), lr=0.1)[0], w - 0.1 * g)
