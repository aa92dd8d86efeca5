"""For "logistic" it applies the activation to the output too, although there is none after the last layer.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    out = activate(X @ W1 + b1, activation) @ W2 + b2
    if activation == "logistic":  # outputs are probabilities then
        out = logistic(out)
    return out


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
