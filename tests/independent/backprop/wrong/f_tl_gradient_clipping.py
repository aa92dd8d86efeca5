"""Clips every gradient to norm 10, so large gradients (targets far away, e.g. Y = 100) are too short.

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    H = logistic(X @ W1 + b1)
    delta = (H @ W2 + b2 - Y) / len(X)
    S = delta @ W2.T * H * (1 - H)
    grads = {"W1": X.T @ S, "b1": S.sum(axis=0), "W2": H.T @ delta, "b2": delta.sum(axis=0)}
    for name, g in grads.items():
        norm = np.linalg.norm(g)
        if norm > 10:
            grads[name] = g * (10 / norm)
    return grads
