"""torch's default kind of number

task: minimum-norm
"""

# %% minimum-norm
def split(A, x):
    A, x = torch.tensor(A, dtype=torch.float32), torch.tensor(x, dtype=torch.float32)
    row = torch.linalg.pinv(A) @ (A @ x)
    return row.numpy(), (x - row).numpy()


def descent_limit(A, b, start):
    return start + np.linalg.pinv(A) @ (b - A @ start)
