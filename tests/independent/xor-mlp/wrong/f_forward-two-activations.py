"""It knows ReLU and takes tanh for every other name, so "logistic" and "identity" are wrong.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    A = X @ W1 + b1
    hidden = np.maximum(A, 0) if activation == "relu" else np.tanh(A)
    return hidden @ W2 + b2


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
