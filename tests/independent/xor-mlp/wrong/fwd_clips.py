"""clips pre-activations at 30 against overflow

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(np.clip(X @ W1 + b1, -30, 30), activation) @ W2 + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
