"""The gradients of the biases are left at zero.

fails: two-layer
says: is zero everywhere
tells: The gradients of the biases are zero, and all others right.
"""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1 + b1)
    delta = (hidden @ W2 + b2 - Y) / len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": 0 * b1, "W2": hidden.T @ delta, "b2": 0 * b2}
