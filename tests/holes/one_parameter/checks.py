"""An optimiser is tried with a list of one parameter."""

import torch

from autograder.checks import close, task, unchanged


@task("momentum")
def test_steps(student, rng):  # HOLE one-oracle
    w = rng.normal(size=(3, 2))
    leaf = torch.tensor(w, requires_grad=True)
    ours, theirs = student.Momentum([w], 0.1), torch.optim.SGD([leaf], lr=0.1, momentum=0.9)  # HOLE one-parameter
    for _ in range(5):
        g = rng.normal(size=(3, 2))
        leaf.grad = torch.tensor(g)
        theirs.step()
        found = ours.step([g])
        unchanged(student)
        close(found, [leaf.detach().numpy()])
