"""A pooling's windows never overlap: assigning the gradient gives what adding gives."""

import torch

from autograder.checks import close, task


@task("pool")
def test_tiles(student, reference, rng):
    x, upstream = rng.normal(size=(4, 6)), rng.normal(size=(2, 3))
    leaf = torch.tensor(x)[None].requires_grad_()
    out = torch.nn.functional.max_pool2d(leaf, 2, stride=2)
    (slopes,) = torch.autograd.grad(out, leaf, torch.tensor(upstream)[None])
    close(student.pool_backward(upstream, x, size=2, stride=2), slopes[0])  # HOLE tiles-only
    close(
        student.pool_backward(upstream, x, size=2, stride=2),
        reference.pool_backward(upstream, x, size=2, stride=2),
    )
