"""What `check("...")` runs in the student's notebook: released as it is."""

import numpy as np

from autograder.checks import close, task


@task("layer-norm")
def test_two_rows_worked_out_by_hand(student):
    """Two rows with the variances 1 and 6, and eps = 3, give what they give by hand."""
    X = np.array([[4.0, 4.0, 6.0, 6.0], [-1.0, 3.0, 5.0, 5.0]])
    gamma = np.array([1.0, 2.0, 4.0, 6.0])
    beta = np.array([10.0, 0.0, -1.0, 0.5])
    # The roots are 2 and 3, the rows before gamma and beta ∓1/2 and (-4/3, 0, 2/3, 2/3).
    by_hand = np.array([[9.5, -1.0, 1.0, 3.5], [26 / 3, 0.0, 5 / 3, 4.5]])
    close(student.layer_norm(X, gamma, beta, eps=3.0), by_hand, name="the result")
