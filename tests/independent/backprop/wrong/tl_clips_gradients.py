"""clips every gradient to +-5

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = logistic(X @ W1 + b1)
    delta = (hidden @ W2 + b2 - Y) / len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    grads = {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}
    return {name: np.clip(grad, -5, 5) for name, grad in grads.items()}
