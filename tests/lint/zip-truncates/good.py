"""Strict, or of known length, or not the student's."""

import numpy as np

from autograder.checks import close, equal, task, unpack

SIZES = (4, 3, 2)


@task("grads")
def test_strict(student):
    for got, want in zip(student.grads(2.0), [4.0, 8.0], strict=True):
        close(got, want)


@task("grads")
def test_length_first(student, reference):
    found = student.grads(2.0)
    equal(len(found), 2)
    for got, want in zip(found, reference.grads(2.0)):
        close(got, want)


@task("grads")
def test_unpacked(student, rng):
    shapes = zip(SIZES, SIZES[1:])
    weights = [rng.normal(size=pair) for pair in shapes]
    dW, db = unpack(student.backward(weights), 2)
    for got, want in zip((dW, db), (weights[0] @ weights[1], np.ones(2))):
        close(got, want)


@task("grads")
def test_our_own_lists(student):
    answers = [student.grads(x) for x in (1.0, 2.0)]
    for got, want in zip(answers, ([2.0, 4.0], [4.0, 8.0])):
        close(got, want)
