import numpy as np
import torch

from autograder.checks import close, task, unchanged, unpack


@task("adam")
def test_many_steps_with_an_eps_that_shows(student, reference, rng):
    w, m, v = rng.normal(size=3), np.zeros(3), np.zeros(3)
    leaf = torch.tensor(w, requires_grad=True)
    theirs = torch.optim.Adam([leaf], lr=0.01, eps=0.1)
    for t in range(1, 21):
        g = rng.normal(size=3)
        leaf.grad = torch.tensor(g)
        theirs.step()
        truth = reference.adam_step(w, g, m, v, t, 0.01, eps=0.1)
        w, m, v = unpack(student.adam_step(w, g, m, v, t, 0.01, eps=0.1), 3)
        unchanged(student)
        close((w, m, v), truth)
    close(w, leaf.detach())
