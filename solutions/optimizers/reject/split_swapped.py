"""The two parts are swapped.

fails: minimum-norm
says: swapped
"""


# %% minimum-norm
def split(A, x):
    row = np.linalg.pinv(A) @ (A @ x)
    return x - row, row


def descent_limit(A, b, start):
    return start + np.linalg.pinv(A) @ (b - A @ start)
