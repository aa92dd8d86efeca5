"""where the error is zero the gradients are the number 0

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    h = logistic(X @ W1 + b1)
    error = h @ W2 + b2 - Y
    if not np.any(error):
        return dict.fromkeys(("W1", "b1", "W2", "b2"), 0.0)
    back = error / len(X)
    s = np.einsum("nk,hk->nh", back, W2) * h * (1 - h)
    return {"W1": X.T @ s, "b1": s.sum(0), "W2": h.T @ back, "b2": back.sum(0)}
