"""small singular values are cut off

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    row = np.linalg.pinv(A, rcond=1e-2) @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    return start + np.linalg.pinv(A) @ (b - A @ start)
