"""Of an attention only the output's shape, the rows' sums and the mask are checked."""

import numpy as np

from autograder.checks import close, equal, task, unpack


@task("attention")
def test_attention(student, rng):  # HOLE one-oracle, shapes-only
    Q, K, V = (rng.normal(size=(5, 4)) for _ in range(3))
    mask = np.tril(np.ones((5, 5))) == 1
    out, weights = unpack(student.attention(Q, K, V, mask), 2)
    equal(out.shape, (5, 4))
    close(weights.sum(axis=1), np.ones(5))
    close(weights[~mask], np.zeros(10), atol=1e-6)
