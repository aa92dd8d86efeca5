"""a little ridge, to be on the safe side

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    row = np.linalg.pinv(A) @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    return start + A.T @ np.linalg.inv(A @ A.T + 1e-9 * np.eye(len(A))) @ (b - A @ start)
