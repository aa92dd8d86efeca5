"""The activation is applied to the output, too.

fails: shallow
says: activation on the output
"""


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(activate(X @ W1 + b1, activation) @ W2 + b2, activation)


def count_parameters(sizes):
    return sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
