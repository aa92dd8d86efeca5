"""Pre-activations are clipped to ±20 "against overflow", which is wrong for ReLU and identity as soon as they are larger.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    A = np.clip(X @ W1 + b1, -20, 20)
    return activate(A, activation) @ W2 + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
