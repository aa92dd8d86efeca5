"""Plain Python loops over scalars with math.fsum; the count as a product of vectors.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    import math

    def layer(row, W, b):
        return [math.fsum([*(x * W[i, j] for i, x in enumerate(row)), b[j]]) for j in range(len(b))]

    out = []
    for row in X:
        hidden = activate(np.array(layer(row, W1, b1)), activation)
        out.append(layer(hidden, W2, b2))
    return np.array(out).reshape(len(X), len(b2))


def count_parameters(sizes):
    sizes = np.array(sizes, dtype=object)
    return int(np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:]))
