"""The start is added to the solution of smallest norm: its row part counts twice.

fails: minimum-norm
says: what is left to do
"""


# %% minimum-norm
def split(A, x):
    row = np.linalg.pinv(A) @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    return start + np.linalg.pinv(A) @ b
