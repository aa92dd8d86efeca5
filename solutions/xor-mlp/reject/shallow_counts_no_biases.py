"""The biases are not counted.

fails: shallow
says: 13
tells: The biases are not counted.
"""


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1 + b1, activation) @ W2 + b2


def count_parameters(sizes):
    return sum(before * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
