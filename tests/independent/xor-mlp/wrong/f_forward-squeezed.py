"""The result is squeezed: with one output (K = 1) or one point (N = 1) it is no longer (N, K).

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    hidden = activate(X @ W1 + b1, activation)
    return np.squeeze(hidden @ W2 + b2)


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
