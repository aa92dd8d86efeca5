"""a single sample is squeezed to a vector

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    h = logistic(X @ W1 + b1).squeeze()
    back = ((h @ W2 + b2) - Y.squeeze()) / len(X)
    s = (back @ W2.T) * h * (1 - h)
    if h.ndim == 1:
        return {"W1": np.outer(X, s), "b1": s.sum(0), "W2": np.outer(h, back), "b2": back.sum(0)}
    return {"W1": X.T @ s, "b1": s.sum(0), "W2": h.T @ back, "b2": back.sum(0)}
