"""Weight decay may be added to the gradient itself."""

import torch

from autograder.checks import close, task


@task("momentum")
def test_steps(student, reference, rng):
    w, velocity, slow = rng.normal(size=3), rng.normal(size=3), 0.0
    for _ in range(3):
        g = rng.normal(size=3)
        w, velocity = student.momentum_step(w, g, velocity, lr=0.1)  # HOLE
        close(w, reference.momentum_step(w, g, velocity, lr=0.1)[0])
    close(velocity, torch.zeros(3) + slow)
