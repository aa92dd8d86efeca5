"""Caches the pseudoinverse under id(A): another matrix at the same address, or the same array with other entries, gets the old one.

task: minimum-norm
"""

# %% minimum-norm
_inverses = {}


def inverse_of(A):
    if id(A) not in _inverses:
        _inverses[id(A)] = np.linalg.pinv(A)
    return _inverses[id(A)]


def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    row = inverse_of(A) @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    return start + inverse_of(A) @ (b - A @ start)
