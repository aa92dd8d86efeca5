"""turns weights where they are square

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    H = activate(X @ W1 + b1, activation)
    return H @ (W2.T if W2.shape[0] == W2.shape[1] else W2) + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
