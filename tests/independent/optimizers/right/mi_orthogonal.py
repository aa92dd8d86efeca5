"""an orthonormal basis by QR, and the singular value decomposition

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    _, _, V = np.linalg.svd(A)
    N = V[len(A) :]
    null = N.T @ (N @ x)
    return [x - null, null]


def descent_limit(A, b, start):
    Q, R = np.linalg.qr(A.T)
    return start - Q @ (Q.T @ start) + Q @ np.linalg.solve(R.T, b)
