"""Sets entries of the null part below 1e-8 to exactly zero 'as rounding', so for x of size 1e-9 the whole null part vanishes and the parts do not add up.

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    row = A.T @ np.linalg.solve(A @ A.T, A @ x)
    null = x - row
    null = np.where(np.abs(null) < 1e-8, 0.0, null)
    return row, null


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    return start + np.linalg.pinv(A) @ (b - A @ start)
