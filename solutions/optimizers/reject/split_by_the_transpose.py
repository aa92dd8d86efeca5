"""AᵀA is no projection: the pseudoinverse is needed.

fails: minimum-norm
says: row part
"""


# %% minimum-norm
def split(A, x):
    row = A.T @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    return start + np.linalg.pinv(A) @ (b - A @ start)
