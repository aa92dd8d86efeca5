"""The biases take no part in the forward pass.

fails: two-layer
says: do the biases take part in the forward pass?
"""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1)
    delta = (hidden @ W2 - Y) / len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}
