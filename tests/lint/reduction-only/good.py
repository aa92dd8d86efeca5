"""Sums of differences are comparisons, and so is a sum that is weighed at random."""

import numpy as np

from autograder.checks import close, shaped, task, unpack


@task("conv")
def test_distance(student, reference, rng):
    x = rng.normal(size=(3, 7))
    out = student.conv(x)
    assert np.linalg.norm(out - reference.conv(x)) < 1e-9
    assert np.abs(out - np.sin(x)).max() < 1e-9


@task("softmax")
def test_rows_and_entries(student, reference, rng):
    z = rng.normal(size=(3, 4))
    p = student.softmax(z)
    close(p.sum(axis=1), np.ones(3))
    close(p, reference.softmax(z))


@task("probe")
def test_weighed_sum(student, reference, rng):
    x, weights = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    close((student.probe(x) * weights).sum(), (x**2 * weights).sum())
    close((student.probe(x) * weights).sum(), (reference.probe(x) * weights).sum())


# What is drawn has moments and nothing else to compare; a loss that falls is a loss that falls.
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
