"""It pops the sizes off the caller's list, which has one entry left afterwards.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1 + b1, activation) @ W2 + b2


def count_parameters(sizes):
    total = 0
    while len(sizes) > 1:
        inputs = sizes.pop(0)
        total += (inputs + 1) * sizes[0]
    return total
