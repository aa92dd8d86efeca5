import torch

from autograder.checks import close, task


@task("conv")
def test_every_entry(student, reference, rng):
    x, w, upstream = rng.normal(size=9), rng.normal(size=3), rng.normal(size=7)
    leaf = torch.tensor(x)[None].requires_grad_()
    out = torch.nn.functional.conv1d(leaf, torch.tensor(w)[None, None])
    close(student.conv(x, w), out[0].detach(), rtol=1e-6)
    (slopes,) = torch.autograd.grad(out, leaf, torch.tensor(upstream)[None])
    close(student.conv_backward(upstream, x, w), slopes[0], rtol=1e-6)
    close(student.conv_backward(upstream, x, w), reference.conv_backward(upstream, x, w))
