"""Target minus output instead of output minus target.

fails: two-layer
says: opposite sign
"""

# %% two-layer-lines
two_layer_lines = {
    "delta": "y - f",
    "dl_dW2": "outer(h, delta)",
    "dl_db2": "delta",
    "s": "(W2 @ delta)*h*(1 - h)",
    "dl_dW1": "outer(x, s)",
    "dl_db1": "s",
}


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1 + b1)
    delta = (hidden @ W2 + b2 - Y) / -len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}
