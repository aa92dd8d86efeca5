"""The bias gradients still have one row for each sample.

fails: two-layer
says: summed over the batch
"""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1 + b1)
    delta = (hidden @ W2 + b2 - Y) / len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": s, "W2": hidden.T @ delta, "b2": delta}
