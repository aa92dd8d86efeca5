"""The slope of the logistic function is taken at h instead of at a.

fails: two-layer
says: is σ′ taken at h instead of a?
"""

# %% two-layer-lines
two_layer_lines = {
    "delta": "f - y",
    "dl_dW2": "outer(h, delta)",
    "dl_db2": "delta",
    "s": "(W2 @ delta)*sigmoid(h)*(1 - sigmoid(h))",
    "dl_dW1": "outer(x, s)",
    "dl_db1": "s",
}


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1 + b1)
    delta = (hidden @ W2 + b2 - Y) / len(X)
    s = (delta @ W2.T) * logistic(hidden) * (1 - logistic(hidden))
    return {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}
