import numpy as np

from autograder.checks import close, task


@task("exp")
def test_slopes(student, reference, rng):
    upstream, x = rng.normal(size=6), rng.normal(size=6)
    found = student.exp_back(upstream, np.exp(x), x)
    close(found, upstream * np.exp(x))
    close(found, reference.exp_back(upstream, np.exp(x), x))
