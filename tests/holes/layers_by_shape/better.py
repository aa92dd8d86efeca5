import numpy as np
import torch

from autograder.checks import close, task


@task("layers")
def test_a_multi_head_attention(student, reference, rng):
    X, W = rng.normal(size=(7, 6)), rng.normal(size=(3, 6, 6))
    Q, K, V = (torch.tensor((X @ part).reshape(7, 2, 3).swapaxes(0, 1)) for part in W)
    truth = torch.nn.functional.scaled_dot_product_attention(Q, K, V)
    found = student.multi_head(X, W, heads=2)
    close(found, truth.numpy().swapaxes(0, 1).reshape(7, 6), rtol=1e-6)


@task("layers")
def test_a_convolution(student, reference, rng):
    x, w = rng.normal(size=(3, 9, 8)), rng.normal(size=(4, 3, 3, 2))
    truth = torch.nn.functional.conv2d(torch.tensor(x)[None], torch.tensor(w))[0]
    close(student.convolution(x, w), truth, rtol=1e-6)
    close(student.parameters(3, 4, 3, 2), reference.parameters(3, 4, 3, 2))
