import numpy as np

from autograder.checks import close, equal, task


@task("softmax")
def test_rows_sum_to_one(student, rng):
    p = student.softmax(rng.normal(size=(3, 4)))
    equal(p.shape, (3, 4))
    close(np.sum(p, axis=1), np.ones(3))  # HOLE
    assert p.min() >= 0
