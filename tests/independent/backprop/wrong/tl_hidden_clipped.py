"""hidden units are kept away from 0 and 1 by a thousandth

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    h = np.clip(logistic(X @ W1 + b1), 1e-3, 1 - 1e-3)
    back = (h @ W2 + b2 - Y) / len(X)
    s = (back @ W2.T) * h * (1 - h)
    return {"W1": X.T @ s, "b1": s.sum(0), "W2": h.T @ back, "b2": back.sum(0)}
