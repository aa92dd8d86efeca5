import numpy as np
import torch

from autograder.checks import close, task, unpack


@task("attention")
def test_attention(student, reference, rng):
    Q, K, V = rng.normal(size=(5, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
    mask = np.tril(np.ones((5, 6)), 1) == 1
    out, weights = unpack(student.attention(Q, K, V, mask), 2)
    inputs = [torch.tensor(array)[None] for array in (Q, K, V)]
    where = torch.tensor(mask)
    truth = torch.nn.functional.scaled_dot_product_attention(*inputs, attn_mask=where)[0]
    close(out, truth, rtol=1e-6)
    close(weights, reference.attention(Q, K, V, mask)[1])
