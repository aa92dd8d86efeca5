"""The residual is written into Y.

fails: two-layer
says: changes its argument
tells: The targets Y are overwritten.
"""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1 + b1)
    Y -= hidden @ W2 + b2
    delta = -Y / len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}
