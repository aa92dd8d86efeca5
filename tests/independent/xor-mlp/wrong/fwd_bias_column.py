"""biases as a column where there are as many points as units

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    A = X @ W1
    A = A + (b1[:, None] if len(A) == len(b1) else b1)
    return activate(A, activation) @ W2 + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
