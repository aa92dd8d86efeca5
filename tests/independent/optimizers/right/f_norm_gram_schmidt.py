"""Gram-Schmidt, twice, on the rows; the limit from lstsq plus the null part of the start; tensors for the parts.

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    basis = []
    for a in A:
        for _ in range(2):  # twice is enough
            for q in basis:
                a = a - (q @ a) * q
        basis.append(a / np.linalg.norm(a))
    row = sum((q @ x) * q for q in basis)
    return torch.tensor(row), torch.tensor(x - row)


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    _, null = split(A, start)
    return np.linalg.lstsq(A, b, rcond=None)[0] + null.numpy()
