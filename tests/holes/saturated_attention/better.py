import torch

from autograder.checks import close, task


@task("attention")
def test_attention(student, reference, rng):
    Q, K, V = rng.normal(size=(5, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
    inputs = [torch.tensor(array)[None] for array in (Q, K, V)]
    truth = torch.nn.functional.scaled_dot_product_attention(*inputs)[0]
    close(student.attention(Q, K, V), truth, rtol=1e-6)
    close(student.attention(Q, K, V), reference.attention(Q, K, V))
