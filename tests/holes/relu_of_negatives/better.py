import torch

from autograder.checks import close, task


@task("relu")
def test_relu(student, reference, rng):
    x = rng.normal(size=(3, 4))
    close(student.relu(x), torch.relu(torch.tensor(x)))
    close(student.relu(x), reference.relu(x))
