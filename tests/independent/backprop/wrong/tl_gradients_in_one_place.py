"""gradients lie in arrays that the next call overwrites

task: two-layer
"""

# %% two-layer
_grads = {}

def two_layer_backward(X, Y, W1, b1, W2, b2):
    h = logistic(X @ W1 + b1)
    back = (h @ W2 + b2 - Y) / len(X)
    s = (back @ W2.T) * h * (1 - h)
    new = {"W1": X.T @ s, "b1": s.sum(0), "W2": h.T @ back, "b2": back.sum(0)}
    for name, value in new.items():
        room = _grads.setdefault((name, value.shape), np.zeros(value.shape))
        room[:] = value
        new[name] = room
    return new
