"""This is the solution of smallest norm, wherever the descent starts.

fails: minimum-norm
says: from zero only
"""


# %% minimum-norm
def split(A, x):
    row = np.linalg.pinv(A) @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    return np.linalg.pinv(A) @ b
