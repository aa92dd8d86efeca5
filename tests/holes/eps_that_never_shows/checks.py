"""An Adam is tried with eps = 1e-8 and gradients of order one, for many steps."""

import numpy as np
import torch

from autograder.checks import close, task


@task("adam")
def test_many_steps(student, rng):  # HOLE one-oracle
    w, m, v = rng.normal(size=3), np.zeros(3), np.zeros(3)
    leaf = torch.tensor(w, requires_grad=True)
    theirs = torch.optim.Adam([leaf], lr=0.01)
    for t in range(1, 21):
        g = rng.uniform(0.5, 1.5, size=3) * rng.choice([-1, 1], size=3)
        leaf.grad = torch.tensor(g)
        theirs.step()
        w, m, v = student.adam_step(w, g, m, v, t, 0.01)  # HOLE in-place-unnoticed, invisible-eps
    close(w, leaf.detach(), rtol=1e-4, atol=1e-4)
