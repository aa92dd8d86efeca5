"""Any rearrangement of the output has the same sum."""

import torch

from autograder.checks import close, task


@task("conv")
def test_conv(student, rng):
    x, w = rng.normal(size=(2, 3, 9, 8)), rng.normal(size=(4, 3, 2, 3))
    truth = torch.nn.functional.conv2d(torch.tensor(x), torch.tensor(w))
    out = student.conv(x, w)
    close(out.sum(), truth.sum(), rtol=1e-6)  # HOLE


@task("conv")
def test_padding(student, reference):
    close(student.padding(3), reference.padding(3))
