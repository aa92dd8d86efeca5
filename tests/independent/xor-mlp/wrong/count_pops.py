"""takes the sizes off the list

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1 + b1, activation) @ W2 + b2


def count_parameters(sizes):
    total, before = 0, sizes.pop(0)
    while sizes:
        total, before = total + (before + 1) * sizes[0], sizes.pop(0)
    return total
