"""counts in 32 bits

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    return activate(X @ W1 + b1, activation) @ W2 + b2


def count_parameters(sizes):
    sizes = np.array(sizes, dtype=np.int32)
    return int(np.dot(sizes[:-1] + np.int32(1), sizes[1:]))
