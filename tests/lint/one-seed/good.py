import numpy as np
import pytest

from autograder.checks import close, task


@task("double")
def test_double(student, reference, rng):
    x = rng.normal(size=(3, 4))
    close(student.double(x), 2 * x)
    close(student.double(x), reference.double(x))


@task("train")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_training(student, reference, rng, seed):
    x = rng.normal(size=(8, 3))
    close(student.train(x, seed=seed), (x**2).mean(), rtol=1e-3)
    noise = np.random.default_rng(seed).normal(size=8)
    close(student.train(noise, seed=seed), reference.train(noise, seed=seed))
