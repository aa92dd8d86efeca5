import numpy as np
import torch

from autograder.checks import close, task, unchanged, unpack


@task("adam")
def test_three_steps_with_an_eps_that_shows(student, reference, rng):
    w, m, v = rng.normal(size=4), np.zeros(4), np.zeros(4)
    leaf = torch.tensor(w, requires_grad=True)
    theirs = torch.optim.Adam([leaf], lr=0.01, eps=0.1)
    for t in (1, 2, 3):
        g = rng.normal(size=4)
        leaf.grad = torch.tensor(g)
        theirs.step()
        truth = reference.adam_step(w, g, m, v, t, 0.01, eps=0.1)
        w, m, v = unpack(student.adam_step(w, g, m, v, t, 0.01, eps=0.1), 3)
        unchanged(student)
        close(w, leaf.detach())
        close((w, m, v), truth)
