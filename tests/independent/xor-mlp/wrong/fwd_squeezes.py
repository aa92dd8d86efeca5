"""a single output loses its axis

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    F = activate(X @ W1 + b1, activation) @ W2 + b2
    return F[:, 0] if F.shape[1] == 1 else F


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
