"""every pair of sizes counts once

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1 + b1, activation) @ W2 + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in {(a, b) for a, b in zip(sizes, sizes[1:])})
