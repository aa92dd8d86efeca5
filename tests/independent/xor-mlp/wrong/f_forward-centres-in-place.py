"""The inputs are centred with -= (the outputs stay right), which leaves the caller's X changed.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    # centre the inputs first, and give the mean back to the bias
    mean = X.mean(axis=0)
    X -= mean
    return activate(X @ W1 + (b1 + mean @ W1), activation) @ W2 + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
