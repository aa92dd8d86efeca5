"""Takes the row part off x with -= and returns x itself as the null part: right values, but the caller's x is changed.

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    row = np.linalg.pinv(A) @ A @ x
    x -= row
    return row, x


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    return start + np.linalg.pinv(A) @ (b - A @ start)
