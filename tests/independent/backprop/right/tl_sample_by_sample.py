"""sample by sample, with outer products, in float32

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = (np.asarray(a, dtype=np.float32) for a in (X, Y, W1, b1, W2, b2))
    total = {"b2": 0, "W2": 0, "b1": 0, "W1": 0}
    for x, y in zip(X, Y):
        h = np.asarray(logistic(x @ W1 + b1), dtype=np.float32)
        delta = (h @ W2 + b2 - y) / np.float32(len(X))
        s = W2 @ delta * h * (1 - h)
        new = {"W1": np.outer(x, s), "b1": s, "W2": np.outer(h, delta), "b2": delta}
        total = {name: total[name] + new[name] for name in total}
    return total
