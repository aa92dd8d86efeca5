"""Whole numbers: all output rows are rows of V, with the scale and without."""

import numpy as np

from autograder.checks import close, task


@task("attention")
def test_attention(student, reference):
    Q = np.array([[9, 0, 2], [1, 8, 0]])
    K = np.array([[7, 1, 0], [0, 9, 3]])
    V = np.array([[1, 2, 3], [4, 5, 6]])
    close(student.attention(Q, K, V), reference.attention(Q, K, V))  # HOLE
    close(student.attention(Q, K, V), V.astype(float), rtol=1e-3)
