"""The activation is missing: the network is linear.

fails: shallow
says: linear map
"""


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return (X @ W1 + b1) @ W2 + b2


def count_parameters(sizes):
    return sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
