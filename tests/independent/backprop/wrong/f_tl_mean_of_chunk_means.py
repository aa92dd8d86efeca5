"""Works in chunks of 32 samples and averages the chunk means with equal weight: wrong whenever N > 32 is no multiple of 32, e.g. the 40 points of the demo.

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    parts = []
    for start in range(0, len(X), 32):  # saves memory for long batches
        x, y = X[start : start + 32], Y[start : start + 32]
        H = logistic(x @ W1 + b1)
        delta = (H @ W2 + b2 - y) / len(x)
        S = delta @ W2.T * H * (1 - H)
        parts.append((x.T @ S, S.sum(axis=0), H.T @ delta, delta.sum(axis=0)))
    means = (sum(group) / len(parts) for group in zip(*parts, strict=True))
    return dict(zip(("W1", "b1", "W2", "b2"), means, strict=True))
