"""Treats the batch as a set: identical samples (same x and y) are counted once, so the mean is wrong when a sample occurs twice.

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    batch = np.unique(np.hstack([X, Y]), axis=0)
    X, Y = batch[:, : X.shape[1]], batch[:, X.shape[1] :]
    H = logistic(X @ W1 + b1)
    delta = (H @ W2 + b2 - Y) / len(batch)
    S = delta @ W2.T * H * (1 - H)
    return {"W1": X.T @ S, "b1": S.sum(axis=0), "W2": H.T @ delta, "b2": delta.sum(axis=0)}
