import random

from autograder.checks import close, task


@task("flip")
def test_flip(student, reference):
    coin = random.randint(0, 1)
    close(student.flip(coin), 1 - coin)
    close(student.flip(coin), reference.flip(coin))
