"""The weight gradients come in the shape (outputs, inputs), as in notes 001.

fails: two-layer
says: this is its transpose
"""

# %% two-layer-lines
two_layer_lines = {
    "delta": "f - y",
    "dl_dW2": "outer(delta, h)",
    "dl_db2": "delta",
    "s": "(W2 @ delta)*h*(1 - h)",
    "dl_dW1": "outer(s, x)",
    "dl_db1": "s",
}


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1 + b1)
    delta = (hidden @ W2 + b2 - Y) / len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": s.T @ X, "b1": s.sum(axis=0), "W2": delta.T @ hidden, "b2": delta.sum(axis=0)}
