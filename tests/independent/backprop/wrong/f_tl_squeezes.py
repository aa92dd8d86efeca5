"""Squeezes the gradients, so parameters with a size of 1 (D = 1, H = 1 or K = 1) get a gradient of another shape than their own.

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    H = logistic(X @ W1 + b1)
    delta = (H @ W2 + b2 - Y) / len(X)
    S = (delta @ W2.T) * H * (1 - H)
    ones = np.ones((1, len(X)))
    gradients = {"W1": X.T @ S, "b1": ones @ S, "W2": H.T @ delta, "b2": ones @ delta}
    return {name: np.squeeze(g) for name, g in gradients.items()}
