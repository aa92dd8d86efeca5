import numpy as np
import torch

from autograder.checks import close, task, unchanged, unpack


@task("adam")
def test_three_steps(student, reference, rng):
    w, m, v = rng.normal(size=3), np.zeros(3), np.zeros(3)
    state = (w, m, v)
    for t in (1, 2, 3):
        g = rng.normal(size=3)
        w, m, v = state
        truth = reference.adam_step(w, g, m, v, t, lr=0.1, eps=0.1)
        w, m, v = unpack(student.adam_step(w, g, m, v, t, lr=0.1, eps=0.1), 3)
        unchanged(student)
        close((w, m, v), truth)
        state = truth


@task("adam")
def test_first_step(student, rng):
    w, g = rng.normal(size=3), rng.normal(size=3)
    found = student.adam_step(w, g, np.zeros(3), np.zeros(3), 1, lr=0.1, eps=0.1)
    close(found[0], w - 0.1 * g / (np.abs(g) + 0.1))


@task("sgd")
def test_what_keeps_nothing(student, reference, rng):
    w, g = rng.normal(size=3), rng.normal(size=3)
    close(student.sgd_step(w, g, lr=0.1), w - 0.1 * g)
    close(student.sgd_step(w, g), reference.sgd_step(w, g))


# One step from moments that are drawn, not zero.
@task("history")
def test_fifth_step(student, reference, rng):
    w, g, m = rng.normal(size=3), rng.normal(size=3), rng.normal(size=3)
    v = rng.uniform(0.5, 1, size=3)
    found = student.adam_step(w, g, m, v, 5, lr=0.1, eps=0.1)
    unchanged(student)
    close(found, reference.adam_step(w, g, m, v, 5, lr=0.1, eps=0.1))
    close(found[1], 0.9 * m + 0.1 * g)


@task("object")
def test_steps_of_an_object(student, reference, rng):
    w, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    theirs = student.Adam([w, b], lr=0.1, eps=0.1)
    leaves = [torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)]
    ours = torch.optim.Adam(leaves, lr=0.1, eps=0.1)
    for _ in range(3):
        grads = [rng.normal(size=(3, 2)), rng.normal(size=2)]
        for leaf, grad in zip(leaves, grads, strict=True):
            leaf.grad = torch.tensor(grad)
        ours.step()
        found = theirs.step(grads)
        unchanged(student)
        close(found, [leaf.detach().numpy() for leaf in leaves])
    close(found, reference.Adam([w, b]).step(grads))
