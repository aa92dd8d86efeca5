"""The inputs are given biases of their own.

fails: shallow
says: 13
tells: The inputs have no biases of their own.
"""


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1 + b1, activation) @ W2 + b2


def count_parameters(sizes):
    return (
        sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
        + sizes[0]
    )
