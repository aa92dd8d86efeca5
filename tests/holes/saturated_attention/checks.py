"""An attention gets whole numbers that are far apart: the softmax is an argmax."""

import numpy as np

from autograder.checks import close, task


@task("attention")
def test_attention(student):  # HOLE one-oracle
    Q = np.array([[40, 0, 0, 0], [40, 0, 1, 0], [30, 0, 0, 2]])
    K = np.array([[0, 50, 0, 0], [90, 0, 0, 0], [10, 0, 3, 0]])
    V = np.array([[1, 2], [3, 4], [5, 6]])
    close(student.attention(Q, K, V), np.array([[3, 4], [3, 4], [3, 4]]), atol=1e-6)  # HOLE saturated
