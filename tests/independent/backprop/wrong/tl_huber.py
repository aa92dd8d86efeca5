"""errors beyond 10 pull no harder than errors of 10

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    h = logistic(X @ W1 + b1)
    back = np.clip(h @ W2 + b2 - Y, -10, 10) / len(X)
    s = (back @ W2.T) * h * (1 - h)
    return {"W1": X.T @ s, "b1": s.sum(0), "W2": h.T @ back, "b2": back.sum(0)}
