"""The activation is applied to the inputs instead of the hidden layer.

fails: shallow
says: wrong
"""


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return (activate(X, activation) @ W1 + b1) @ W2 + b2


def count_parameters(sizes):
    return sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
