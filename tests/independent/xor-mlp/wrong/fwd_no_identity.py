"""knows relu and tanh, and takes everything else for logistic

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    A = X @ W1 + b1
    H = np.maximum(A, 0) if activation == "relu" else np.tanh(A) if activation == "tanh" else 1 / (1 + np.exp(-A))
    return H @ W2 + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
