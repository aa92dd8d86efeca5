import numpy as np
import pytest
import torch

from autograder.checks import close, equal, gradient, task


@task("conv")
def test_conv(student, reference, rng):
    x, w = rng.normal(size=7), rng.normal(size=3)
    close(student.conv(x, w), reference.conv(x, w))
    close(student.conv(x, w), np.array([x[i : i + 3] @ w for i in range(5)]))


def by_autograd(x):
    leaf = torch.tensor(x, requires_grad=True)
    return torch.autograd.grad(torch.sin(leaf).sum(), leaf)[0].numpy()


@task("slope")
@pytest.mark.parametrize("size", [3, 7])
def test_slope(student, rng, size):
    x = rng.normal(size=size)
    close(student.slope(x), by_autograd(x))


@task("slope")
def test_slope_by_differences(student, rng):
    x = rng.normal(size=4)
    close(student.slope(x), gradient.numerical(lambda p: np.sin(p).sum(), x), rtol=1e-6)


@task("softmax")
def test_softmax(student, reference, rng):
    z = rng.normal(size=5)
    close(student.softmax(z), reference.softmax(z))
    close(student.softmax(z + 3.0), student.softmax(z))


# Texts and derivations are no numbers, and parameters of the student's own are no answers.
@task("text")
def test_the_letter(student):
    assert student.get("answer").strip().lower() in ("b", "(b)")


@task("layer")
def test_forward(student, reference, rng):
    x = rng.normal(size=(5, 4))
    net = student.MLP(4, 8, 3)
    W, b = net.get("W"), net.get("b")
    close(net.forward(x), np.tanh(x @ W + b))
    equal(net.size(), reference.MLP(4, 8, 3).size())
