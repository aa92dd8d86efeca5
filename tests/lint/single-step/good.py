import numpy as np

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
