"""A basis of the null space from the full SVD, the row part as the rest; the limit by the equations with a multiplier.

task: minimum-norm
"""

# %% minimum-norm-lines
minimum_norm_lines = {"dR_dr": "", "dR_dx": ""}
minimum_norm_lines["dR_dr"] = "1.0*r"
minimum_norm_lines["dR_dx"] = "A.T @ A @ x - A.T @ b"

# %% minimum-norm
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    _, _, Vt = np.linalg.svd(A, full_matrices=True)
    basis = Vt[len(A) :]
    null = np.einsum("kd,ke,e->d", basis, basis, x)
    return x - null, null


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    M, D = A.shape
    system = np.block([[np.eye(D), A.T], [A, np.zeros((M, M))]])
    return np.linalg.solve(system, np.concatenate([start, b]))[:D]
