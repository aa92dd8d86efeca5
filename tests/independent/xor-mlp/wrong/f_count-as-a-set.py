"""It sums a set instead of a list: two layers with equally many parameters are counted once, as in [5, 5, 5, 5].

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1 + b1, activation) @ W2 + b2


def count_parameters(sizes):
    return sum({(inputs + 1) * outputs for inputs, outputs in zip(sizes[:-1], sizes[1:])})
