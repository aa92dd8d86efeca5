"""Every activation is ReLU, whatever name is given.

fails: shallow
says: wrong
"""


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return np.maximum(X @ W1 + b1, 0) @ W2 + b2


def count_parameters(sizes):
    return sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
