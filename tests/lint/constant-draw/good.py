import random

from autograder.checks import close, task


@task("power")
def test_power(student, reference, rng):
    x, n = rng.uniform(1, 2, size=(3, 4)), rng.integers(2, 6)
    close(student.power(x, n), x**n)
    n = rng.integers(4)
    close(student.power(x, n), reference.power(x, n))
    coin = rng.integers(0, 1, endpoint=True)
    close(student.power(x, coin), x**coin)


@task("flip")
def test_flip(student, reference):
    coin = random.randint(0, 1)
    close(student.flip(coin), 1 - coin)
    close(student.flip(coin), reference.flip(coin))
