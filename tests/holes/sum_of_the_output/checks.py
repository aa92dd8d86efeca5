"""Of a convolution's output the sum is compared, within 0.1, and its gradient for ones."""

import numpy as np
import torch

from autograder.checks import close, task


@task("conv")
def test_the_sum(student, rng):
    x, w = rng.normal(size=9), rng.normal(size=3)
    truth = torch.nn.functional.conv1d(torch.tensor(x)[None], torch.tensor(w)[None, None])
    close(student.conv(x, w).sum(), truth.sum(), atol=0.1)  # HOLE reduction-only, wide-tolerance


@task("conv")
def test_the_gradient(student, reference, rng):
    x, w = rng.normal(size=9), rng.normal(size=3)
    found = student.conv_backward(np.ones(7), x, w)  # HOLE equal-weights
    close(found, reference.conv_backward(np.ones(7), x, w))
