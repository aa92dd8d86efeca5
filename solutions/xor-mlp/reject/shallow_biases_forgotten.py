"""The biases take no part in the forward pass.

fails: shallow
says: do the biases take part
"""


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1, activation) @ W2


def count_parameters(sizes):
    return sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
