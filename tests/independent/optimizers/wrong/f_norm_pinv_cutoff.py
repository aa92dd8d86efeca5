"""Uses np.linalg.pinv with rcond=1e-2, which throws away an independent row whose singular value is small: the limit does not solve the last equation.

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
    return start + np.linalg.pinv(A, rcond=1e-2) @ (b - A @ start)
