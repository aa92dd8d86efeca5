"""it walks, for many steps

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    row = np.linalg.pinv(A) @ (A @ x)
    return row, x - row


def descent_limit(A, b, start):
    x = np.array(start, dtype=float)
    rate = 1 / np.linalg.norm(A, 2) ** 2
    for _ in range(5000):
        x = x - rate * A.T @ (A @ x - b)
    return x
