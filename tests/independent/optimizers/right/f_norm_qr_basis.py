"""An orthonormal basis of the rows by QR; the limit by a triangular system; lines with matrix products in other orders.

task: minimum-norm
"""

# %% minimum-norm-lines
minimum_norm_lines = {"dR_dr": "A @ x-b", "dR_dx": "dR_dr @ A"}

# %% minimum-norm
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    Q, _ = np.linalg.qr(A.T)
    row = Q @ (Q.T @ x)
    return row, x - row


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    Q, R = np.linalg.qr(A.T)
    return start + Q @ np.linalg.solve(R.T, b - A @ start)
