import torch

from autograder.checks import close, task


@task("pool")
def test_windows_that_overlap(student, reference, rng):
    x, upstream = rng.normal(size=(4, 6)), rng.normal(size=(2, 4))
    leaf = torch.tensor(x)[None].requires_grad_()
    out = torch.nn.functional.max_pool2d(leaf, 3, stride=1)
    (slopes,) = torch.autograd.grad(out, leaf, torch.tensor(upstream)[None])
    found = student.pool_backward(upstream, x, size=3, stride=1)
    close(found, slopes[0])
    close(found, reference.pool_backward(upstream, x, size=3, stride=1))
