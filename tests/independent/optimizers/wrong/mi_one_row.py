"""the parts along each row are added up, in turn

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    null = np.array(x, dtype=float)
    for _ in range(50):
        for a in A:
            null = null - a * (a @ null) / (a @ a)
    return x - null, null


def descent_limit(A, b, start):
    return start + np.linalg.pinv(A) @ (b - A @ start)
